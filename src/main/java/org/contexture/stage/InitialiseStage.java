package org.contexture.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.contexture.record.Checkpoint;

/** Makes the network that training starts from: random weights, or a given backbone. */
public final class InitialiseStage implements Stage<Checkpoint> {
  private final InitialiseConfig config;
  private final Optional<GivenWeights> weights;

  /**
   * The stage for a network.
   *
   * @param weights what its backbone starts from; without any, random ones
   */
  public InitialiseStage(InitialiseConfig config, Optional<GivenWeights> weights) {
    this.config = config;
    this.weights = weights;
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
    return weights.map(GivenWeights::inputs).orElseGet(TreeMap::new);
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Checkpoint> context) {
    String architecture = config.model().toJson();
    long seed = config.seed();
    List<GivenWeights.Found> files =
        weights.map(given -> List.of(given.found(context))).orElse(List.of());
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        (elements, output) ->
            output.add(
                InitialCheckpoint.of(
                    architecture, ByteBuffer.wrap(weights(architecture, seed, files)))));
  }

  /** Random weights; the backbone from a file where there is one. */
  private static byte[] weights(String architecture, long seed, List<GivenWeights.Found> files)
      throws IOException {
    ModelConfig model = ModelConfig.parse(architecture);
    if (files.isEmpty()) {
      return InitialWeights.random(model, seed);
    }
    GivenWeights.Found file = files.get(0);
    return InitialWeights.pretrained(model, seed, file.content(), file.path().toString());
  }
}
