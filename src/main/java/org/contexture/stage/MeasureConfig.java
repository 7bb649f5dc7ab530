package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.retrieval.QueriesWithoutRelevant;

/** What {@link MeasureStage} measures. */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // the factory copies the lists
public abstract class MeasureConfig implements StageConfig, Serializable {
  private static final long serialVersionUID = 1L;

  /** Each K of Recall@K. */
  abstract List<Integer> recallAt();

  /** Each K of Precision@K, mAP@K and NDCG@K. */
  abstract List<Integer> cutOffs();

  /** What becomes of queries with nothing to find. */
  abstract QueriesWithoutRelevant withoutRelevant();

  public static MeasureConfig of(
      List<Integer> recallAt, List<Integer> cutOffs, QueriesWithoutRelevant withoutRelevant) {
    return new AutoValue_MeasureConfig(
        List.copyOf(recallAt), List.copyOf(cutOffs), withoutRelevant);
  }

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("recall_at", recallAt())
        .put("cut_offs", cutOffs())
        .put("without_relevant", withoutRelevant().key())
        .build();
  }
}
