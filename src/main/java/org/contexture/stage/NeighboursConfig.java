package org.contexture.stage;

import com.google.auto.value.AutoValue;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How deep {@link NeighboursStage} searches. */
@AutoValue
public abstract class NeighboursConfig implements StageConfig {

  /**
   * Neighbours a query has at least; it gets as many as its largest class has images if those are
   * more, since mAP@R asks for that.
   */
  abstract int minimumDepth();

  public static NeighboursConfig of(int minimumDepth) {
    return new AutoValue_NeighboursConfig(minimumDepth);
  }

  @Override
  public Settings settings() {
    return Settings.builder().put("minimum_depth", minimumDepth()).build();
  }
}
