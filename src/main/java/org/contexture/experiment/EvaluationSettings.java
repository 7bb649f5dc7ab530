package org.contexture.experiment;

import java.util.List;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;

/**
 * What is measured on the test classes.
 *
 * @param recallAt the K of Recall@K, ascending and different
 */
public record EvaluationSettings(List<Integer> recallAt) {
  private static final Key<List<Integer>> RECALL_AT =
      Key.wholes("recall_at", 1, 1000, "Each K that Recall@K is measured for.")
          .or(List.of(1, 2, 4, 8));

  static final Section<EvaluationSettings> SECTION =
      Section.of(RECALL_AT).as(values -> new EvaluationSettings(values.of(RECALL_AT)));

  public EvaluationSettings {
    recallAt = List.copyOf(recallAt);
  }
}
