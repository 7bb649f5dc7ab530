package org.contexture.stage;

import com.google.auto.value.AutoValue;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How {@link EmbedStage} embeds. */
@AutoValue
public abstract class EmbedConfig implements StageConfig {

  /** Images that go through the network together; changes the last bits of results. */
  abstract int batchSize();

  public static EmbedConfig of(int batchSize) {
    return new AutoValue_EmbedConfig(batchSize);
  }

  @Override
  public Settings settings() {
    return Settings.builder().put("batch_size", batchSize()).build();
  }
}
