package org.contexture.stage;

import java.io.Serializable;
import org.contexture.image.Resize;
import org.contexture.model.Precision;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * How {@link EmbedStage} embeds.
 *
 * @param precision what the network computes in
 * @param batchSize images that go through the network together; changes the last bits of results
 * @param resize what is done to an image before its middle is cut out
 */
public record EmbedConfig(Precision precision, int batchSize, Resize resize)
    implements StageConfig, Serializable {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("precision", precision.key())
        .put("batch_size", batchSize)
        .put("resize", ResizeSettings.of(resize))
        .build();
  }
}
