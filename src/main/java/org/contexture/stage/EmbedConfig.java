package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.Locale;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.record.Split;

/** What {@link EmbedStage} embeds. */
@AutoValue
public abstract class EmbedConfig implements StageConfig {

  /** The split to embed. */
  abstract Split split();

  /** Images that go through the network together; changes the last bits of results. */
  abstract int batchSize();

  public static EmbedConfig of(Split split, int batchSize) {
    return new AutoValue_EmbedConfig(split, batchSize);
  }

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("split", split().name().toLowerCase(Locale.ROOT))
        .put("batch_size", batchSize())
        .build();
  }
}
