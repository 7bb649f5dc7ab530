package org.contexture.stage;

import java.io.Serializable;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * How {@link StatisticsStage} looks at embeddings.
 *
 * @param sampledImages of about how many images all pairs are looked at, drawn by classes; all,
 *     where there are fewer
 * @param iterations the most iterations of k-means; 0 to find no clusters
 * @param seed draws the sample and the first means
 */
public record StatisticsConfig(int sampledImages, int iterations, long seed)
    implements StageConfig, Serializable {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("sampled_images", sampledImages)
        .put("iterations", iterations)
        .put("seed", seed)
        .build();
  }
}
