package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.stage.RerankConfig;

/**
 * What is measured on the test classes.
 *
 * @param recallAt the K of Recall@K, ascending and different; those of the benchmark where empty
 * @param cutOffs the K of Precision@K, mAP@K and NDCG@K, ascending and different; none for none
 * @param withoutRelevant what becomes of queries with nothing to find
 * @param clusters whether as many clusters as classes are found, to compare them
 * @param rerank how the trained network's rankings are put into another order and measured again
 * @param memoryMegabytes about how much a task of the search may take, in MiB; changes no result
 * @param approximateIndex the index that is built for the trained network, if any
 */
public record EvaluationSettings(
    Optional<List<Integer>> recallAt,
    List<Integer> cutOffs,
    QueriesWithoutRelevant withoutRelevant,
    boolean clusters,
    Optional<RerankConfig> rerank,
    int memoryMegabytes,
    Optional<ApproximateIndexSettings> approximateIndex) {
  private static final Key<Optional<List<Integer>>> RECALL_AT =
      Key.wholesOrNone(
              "recall_at",
              1,
              1_000_000,
              "Each K that Recall@K is measured for; where none are given, those of the benchmark's"
                  + " published tables: 1, 10, 100 for sop, 1, 10, 20, 30, 40, 50 for inshop, 1, 4, 16,"
                  + " 32 for inaturalist, 1, 2, 4, 8 for all others. mAP@R, R-Precision, mAP and MRR are"
                  + " always measured.")
          .or(Optional.empty());
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
  private static final Key<Boolean> CLUSTERS =
      Key.truth(
              "clusters",
              "Whether the embeddings are also parted into as many clusters as there are classes"
                  + " (k-means), for NMI and AMI. With many classes it takes longer than all else.")
          .or(true);
  private static final Key<Optional<RerankConfig>> RERANK =
      Key.section(
          "rerank",
          RerankKeys.SECTION,
          "Whether the trained network is also measured with its rankings in another order.");
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
      Section.of(
              RECALL_AT,
              CUT_OFFS,
              WITHOUT_RELEVANT,
              CLUSTERS,
              RERANK,
              MEMORY_MEGABYTES,
              APPROXIMATE_INDEX)
          .as(
              values ->
                  new EvaluationSettings(
                      values.of(RECALL_AT),
                      values.of(CUT_OFFS).orElse(List.of()),
                      values.of(WITHOUT_RELEVANT),
                      values.of(CLUSTERS),
                      values.of(RERANK),
                      values.of(MEMORY_MEGABYTES),
                      values.of(APPROXIMATE_INDEX)));

  public EvaluationSettings {
    recallAt = recallAt.map(List::copyOf);
    cutOffs = List.copyOf(cutOffs);
  }
}
