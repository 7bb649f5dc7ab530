package org.contexture.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.model.ModelConfig;
import org.contexture.model.TrainedWeights;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.Checkpoint;

/** Takes in a whole network that was trained before: its backbone and its head. */
public final class ImportStage implements Stage<Checkpoint> {
  private final ImportConfig config;
  private final GivenWeights weights;

  /**
   * The stage for a network.
   *
   * @param weights the file of {@link ImportConfig#weightsSha256}
   */
  public ImportStage(ImportConfig config, GivenWeights weights) {
    this.config = config;
    this.weights = weights;
  }

  @Override
  public String name() {
    return "import";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<Checkpoint> recordType() {
    return Checkpoint.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return weights.inputs();
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Checkpoint> context) {
    String architecture = config.model().toJson();
    GivenWeights.Found file = weights.found(context);
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        (elements, output) ->
            output.add(InitialCheckpoint.of(architecture, imported(architecture, file))));
  }

  private static ByteBuffer imported(String architecture, GivenWeights.Found file)
      throws IOException {
    return ByteBuffer.wrap(
        TrainedWeights.imported(
            ModelConfig.parse(architecture), file.content(), file.path().toString()));
  }
}
