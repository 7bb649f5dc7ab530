package org.contexture.report;

/**
 * A metric of one model: a mean over queries.
 *
 * @param name as in {@code RetrievalMetric}: {@code recall@1}, {@code map@r}
 * @param value a fraction of 1
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 */
public record Metric(String name, double value, double low, double high) {

  /** Half the width of its interval. */
  double uncertainty() {
    return (high - low) / 2;
  }
}
