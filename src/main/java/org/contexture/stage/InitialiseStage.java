package org.contexture.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Checkpoint;
import org.contexture.record.SourceFile;

/** Makes the network that training starts from: random weights, or a given backbone. */
public final class InitialiseStage implements Stage<Checkpoint> {
  private final InitialiseConfig config;
  private final Optional<Path> weights;
  private final Optional<Dataset<SourceFile>> fetched;

  /**
   * The stage for a network.
   *
   * @param weights where the file of {@link InitialiseConfig#weightsSha256} is now
   */
  public InitialiseStage(InitialiseConfig config, Optional<Path> weights) {
    this.config = config;
    this.weights = weights;
    this.fetched = Optional.empty();
  }

  /**
   * The stage for a network whose backbone starts from weights that were fetched.
   *
   * @param fetched the one file that has them
   */
  public InitialiseStage(InitialiseConfig config, Dataset<SourceFile> fetched) {
    this.config = config;
    this.weights = Optional.empty();
    this.fetched = Optional.of(fetched);
  }

  @Override
  public String name() {
    return "initialise";
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
    SortedMap<String, Dataset<?>> inputs = new TreeMap<>();
    fetched.ifPresent(file -> inputs.put("weights", file));
    return inputs;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Checkpoint> context) {
    String architecture = config.model().toJson();
    long seed = config.seed();
    String file =
        weights
            .or(() -> fetched.map(one -> only(context.input(one))))
            .map(Path::toString)
            .orElse("");
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        (elements, output) ->
            output.add(
                InitialCheckpoint.of(
                    architecture, ByteBuffer.wrap(weights(architecture, seed, file)))));
  }

  private static Path only(StoredDataset<SourceFile> files) {
    return files.attachment(files.open().read(0).getName());
  }

  private static byte[] weights(String architecture, long seed, String file) throws IOException {
    ModelConfig model = ModelConfig.parse(architecture);
    return file.isEmpty()
        ? InitialWeights.random(model, seed)
        : InitialWeights.pretrained(model, seed, Files.readAllBytes(Path.of(file)), file);
  }
}
