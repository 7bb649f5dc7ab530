package org.contexture.stage;

import java.io.Serializable;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * How {@link MapStage} draws its map.
 *
 * @param images about how many, drawn by classes; all, where there are fewer
 * @param perplexity about how many neighbours of an image are kept near
 * @param steps of gradient descent
 * @param seed draws them
 */
public record MapConfig(int images, double perplexity, int steps, long seed)
    implements StageConfig, Serializable {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("images", images)
        .put("perplexity", perplexity)
        .put("steps", steps)
        .put("seed", seed)
        .build();
  }
}
