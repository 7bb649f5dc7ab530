package org.contexture.stage;

import com.google.auto.value.AutoValue;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How deep {@link NeighboursStage} searches. */
@AutoValue
public abstract class NeighboursConfig implements StageConfig {

  /** Neighbours that a query keeps. */
  abstract int depth();

  public static NeighboursConfig of(int depth) {
    return new AutoValue_NeighboursConfig(depth);
  }

  @Override
  public Settings settings() {
    return Settings.builder().put("depth", depth()).build();
  }
}
