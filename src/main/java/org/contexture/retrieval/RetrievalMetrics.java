package org.contexture.retrieval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;

/**
 * The means of some metrics over queries that come one by one, and how sure they are: an
 * accumulator that merges with others of the same metrics. The results are the same bit for bit in
 * whatever order queries are added and accumulators merged: see {@link UnitIntervalSum} and {@link
 * BootstrapSums}. Mutable, not thread-safe.
 */
public final class RetrievalMetrics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<RankMetric> metrics;
  private final QueriesWithoutRelevant rule;
  private final ArrayList<UnitIntervalSum> sums = new ArrayList<>();
  private final ArrayList<BootstrapSums> samples = new ArrayList<>();
  private long queries;
  private long withoutRelevant;

  private RetrievalMetrics(List<RankMetric> metrics, QueriesWithoutRelevant rule) {
    if (metrics.isEmpty() || metrics.stream().distinct().count() < metrics.size()) {
      throw new IllegalArgumentException("some metrics, each once, not " + metrics);
    }
    this.metrics = new ArrayList<>(metrics);
    this.rule = rule;
    for (int i = 0; i < metrics.size(); i++) {
      sums.add(new UnitIntervalSum());
      samples.add(new BootstrapSums());
    }
  }

  /** No queries yet, for these metrics. */
  public static RetrievalMetrics of(List<RankMetric> metrics, QueriesWithoutRelevant rule) {
    return new RetrievalMetrics(metrics, rule);
  }

  /**
   * Recall at each of some K, mAP@R, R-Precision, mAP and MRR, in this order, then for each cut-off
   * Precision@K, mAP@K by R and by hits, and NDCG@K.
   */
  public static List<RankMetric> standard(List<Integer> recallAt, List<Integer> cutOffs) {
    return Stream.of(
            recallAt.stream().map(RecallAtK::new),
            Stream.of(
                new AveragePrecisionAtR(),
                new RPrecision(),
                new AveragePrecision(),
                new ReciprocalRank()),
            cutOffs.stream().flatMap(RetrievalMetrics::within))
        .flatMap(metrics -> metrics)
        .map(RankMetric.class::cast)
        .toList();
  }

  private static Stream<RankMetric> within(int k) {
    return Stream.of(
        new PrecisionAtK(k),
        new AveragePrecisionAtK(k, AveragePrecisionAtK.Divisor.RELEVANT),
        new AveragePrecisionAtK(k, AveragePrecisionAtK.Divisor.HITS),
        new NormalisedGainAtK(k));
  }

  /** Adds one query. */
  public void add(Neighbours neighbours) {
    RankedRelevance relevance = RankedRelevance.of(neighbours);
    boolean nothingToFind = relevance.relevant() == 0;
    byte[] drawn = BootstrapSums.drawn(neighbours.getQueryId());
    for (int i = 0; i < metrics.size(); i++) {
      RankMetric metric = metrics.get(i);
      if (!nothingToFind || !excludes(metric)) {
        double value = metric.value(relevance);
        sums.get(i).add(value);
        samples.get(i).add(value, drawn);
      }
    }
    queries++;
    withoutRelevant += nothingToFind ? 1 : 0;
  }

  /**
   * Adds all queries that another accumulator has seen, which is left as it is.
   *
   * @throws IllegalArgumentException if it is for other metrics or another rule
   */
  public void merge(RetrievalMetrics other) {
    if (!other.metrics.equals(metrics) || other.rule != rule) {
      throw new IllegalArgumentException(
          "sums of %s (%s) do not merge with those of %s (%s)"
              .formatted(metrics, rule, other.metrics, other.rule));
    }
    for (int i = 0; i < metrics.size(); i++) {
      sums.get(i).add(other.sums.get(i));
      samples.get(i).add(other.samples.get(i));
    }
    queries += other.queries;
    withoutRelevant += other.withoutRelevant;
  }

  /**
   * The mean of each metric, with its 95 % interval.
   *
   * @throws Failure if a metric has a value for no query at all
   */
  public List<RetrievalMetric> results() {
    List<RetrievalMetric> results = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      long excluded = excludes(metrics.get(i)) ? withoutRelevant : 0;
      long counted = queries - excluded;
      if (counted == 0) {
        throw Failure.data(
            "There is no %s: none of the %d queries has an image of its own class to find. Evaluate"
                + " on classes with two images or more, or on a gallery that shares classes with the"
                + " queries.",
            metrics.get(i).name(), queries);
      }
      results.add(
          RetrievalMetric.newBuilder()
              .setName(metrics.get(i).name())
              .setValue(sums.get(i).dividedBy(counted))
              .setLow(samples.get(i).low())
              .setHigh(samples.get(i).high())
              .setQueries(counted)
              .setExcluded(excluded)
              .build());
    }
    return results;
  }

  private boolean excludes(RankMetric metric) {
    return rule == QueriesWithoutRelevant.EXCLUDED || !metric.definedWithoutRelevant();
  }
}
