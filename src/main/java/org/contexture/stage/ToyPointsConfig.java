package org.contexture.stage;

import java.io.Serializable;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which points {@link ToyPointsStage} draws.
 *
 * @param classes how many classes, their middles spread evenly over the circle
 * @param perClass points of each
 * @param spread standard deviation of a point's angle from the middle of its class, in degrees
 * @param labelNoise share of the points that are given the label of another class
 * @param seed what they are drawn from
 */
public record ToyPointsConfig(
    int classes, int perClass, double spread, double labelNoise, long seed)
    implements StageConfig, Serializable {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("classes", classes)
        .put("per_class", perClass)
        .put("spread", spread)
        .put("label_noise", labelNoise)
        .put("seed", seed)
        .build();
  }
}
