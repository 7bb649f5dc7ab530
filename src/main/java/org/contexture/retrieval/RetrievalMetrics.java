package org.contexture.retrieval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;

/**
 * The means of some metrics over queries that come one by one: an accumulator that merges with
 * others of the same metrics. The results are the same bit for bit in whatever order queries are
 * added and accumulators merged: see {@link UnitIntervalSum}. Mutable, not thread-safe.
 */
public final class RetrievalMetrics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<RankMetric> metrics;
  private final QueriesWithoutRelevant rule;
  private final ArrayList<UnitIntervalSum> sums = new ArrayList<>();
  private long queries;
  private long withoutRelevant;

  private RetrievalMetrics(List<RankMetric> metrics, QueriesWithoutRelevant rule) {
    if (metrics.isEmpty() || metrics.stream().distinct().count() < metrics.size()) {
      throw new IllegalArgumentException("some metrics, each once, not " + metrics);
    }
    this.metrics = new ArrayList<>(metrics);
    this.rule = rule;
    metrics.forEach(metric -> sums.add(new UnitIntervalSum()));
  }

  /** No queries yet, for these metrics. */
  public static RetrievalMetrics of(List<RankMetric> metrics, QueriesWithoutRelevant rule) {
    return new RetrievalMetrics(metrics, rule);
  }

  /** Recall at each of these K, mAP@R and R-Precision, in this order. */
  public static List<RankMetric> standard(List<Integer> recallAt) {
    return Stream.<RankMetric>concat(
            recallAt.stream().map(RecallAtK::new),
            Stream.of(new AveragePrecisionAtR(), new RPrecision()))
        .toList();
  }

  /**
   * How deep the neighbours must be searched for metrics.
   *
   * @param maximalRelevant the greatest number of relevant images that any query has
   */
  public static int depth(List<RankMetric> metrics, int maximalRelevant) {
    return metrics.stream().mapToInt(metric -> metric.depth(maximalRelevant)).max().orElse(0);
  }

  /**
   * Adds one query.
   *
   * @throws IllegalArgumentException if its list is not deep enough for a metric
   */
  public void add(Neighbours neighbours) {
    RankedRelevance relevance = RankedRelevance.of(neighbours);
    boolean nothingToFind = relevance.relevant() == 0;
    double[] values =
        metrics.stream()
            .mapToDouble(metric -> nothingToFind && excludes(metric) ? 0 : metric.value(relevance))
            .toArray();
    IntStream.range(0, values.length).forEach(i -> sums.get(i).add(values[i]));
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
    IntStream.range(0, sums.size()).forEach(i -> sums.get(i).add(other.sums.get(i)));
    queries += other.queries;
    withoutRelevant += other.withoutRelevant;
  }

  /**
   * The mean of each metric.
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
