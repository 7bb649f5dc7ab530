package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.retrieval.QueriesWithoutRelevant;

/**
 * What is measured on the test classes.
 *
 * @param recallAt the K of Recall@K, ascending and different
 * @param cutOffs the K of Precision@K, mAP@K and NDCG@K, ascending and different; none for none
 * @param withoutRelevant what becomes of queries with nothing to find
 * @param memoryMegabytes about how much a task of the search may take, in MiB; changes no result
 * @param approximateIndex the index that is built for the trained network, if any
 */
public record EvaluationSettings(
    List<Integer> recallAt,
    List<Integer> cutOffs,
    QueriesWithoutRelevant withoutRelevant,
    int memoryMegabytes,
    Optional<ApproximateIndexSettings> approximateIndex) {
  private static final Key<List<Integer>> RECALL_AT =
      Key.wholes(
              "recall_at",
              1,
              1_000_000,
              "Each K that Recall@K is measured for. mAP@R, R-Precision, mAP and MRR are always"
                  + " measured.")
          .or(List.of(1, 2, 4, 8));
  private static final Key<Optional<List<Integer>>> CUT_OFFS =
      Key.wholesOrNone(
              "cut_offs",
              1,
              1_000_000,
              "Each K that Precision@K, mAP@K (divided by all there is to find, and by what was"
                  + " found) and NDCG@K are measured for.")
          .or(Optional.empty());
  private static final Key<QueriesWithoutRelevant> WITHOUT_RELEVANT =
      Key.choice(
              "without_relevant",
              List.of(QueriesWithoutRelevant.values()),
              QueriesWithoutRelevant::key,
              "What becomes of queries with nothing to find: excluded from every mean, and counted;"
                  + " or, as in the reference, misses for Recall@K, Precision@K and MRR.")
          .or(QueriesWithoutRelevant.EXCLUDED);
  private static final Key<Integer> MEMORY_MEGABYTES =
      Key.whole(
              "memory_megabytes",
              16,
              1_000_000,
              "About how much memory a task of the search may take; it changes no result.")
          .or(2048);
  private static final Key<Optional<ApproximateIndexSettings>> APPROXIMATE_INDEX =
      Key.section(
          "approximate_index",
          ApproximateIndexSettings.SECTION,
          "The approximate index that is built for the trained network.");

  static final Section<EvaluationSettings> SECTION =
      Section.of(RECALL_AT, CUT_OFFS, WITHOUT_RELEVANT, MEMORY_MEGABYTES, APPROXIMATE_INDEX)
          .as(
              values ->
                  new EvaluationSettings(
                      values.of(RECALL_AT),
                      values.of(CUT_OFFS).orElse(List.of()),
                      values.of(WITHOUT_RELEVANT),
                      values.of(MEMORY_MEGABYTES),
                      values.of(APPROXIMATE_INDEX)));

  public EvaluationSettings {
    recallAt = List.copyOf(recallAt);
    cutOffs = List.copyOf(cutOffs);
  }
}
