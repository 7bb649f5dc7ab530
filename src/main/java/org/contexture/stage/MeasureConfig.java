package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** What {@link MeasureStage} measures. */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // the factory copies the list
public abstract class MeasureConfig implements StageConfig {

  /** Each K of Recall@K. */
  abstract List<Integer> recallAt();

  public static MeasureConfig of(List<Integer> recallAt) {
    return new AutoValue_MeasureConfig(List.copyOf(recallAt));
  }

  @Override
  public Settings settings() {
    return Settings.builder().put("recall_at", recallAt()).build();
  }
}
