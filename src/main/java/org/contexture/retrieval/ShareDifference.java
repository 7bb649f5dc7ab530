package org.contexture.retrieval;

/**
 * By how much one share of queries exceeds another, and the 95 % interval of that.
 *
 * @param value the first share minus the second, from -1 to 1
 * @param low the lower end of the interval
 * @param high the upper end
 */
public record ShareDifference(double value, double low, double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double DEVIATIONS = 1.959963984540054;

  /**
   * The difference of two shares of queries that have nothing to do with each other, by the normal
   * approximation (Agresti, Categorical Data Analysis, §3.1.1).
   *
   * @throws IllegalArgumentException if there are no queries, or more hits than queries
   */
  public static ShareDifference independent(
      long firstHits, long firstQueries, long secondHits, long secondQueries) {
    double first = share(firstHits, firstQueries);
    double second = share(secondHits, secondQueries);
    double deviation =
        Math.sqrt(first * (1 - first) / firstQueries + second * (1 - second) / secondQueries);
    double difference = first - second;
    return new ShareDifference(
        difference, difference - DEVIATIONS * deviation, difference + DEVIATIONS * deviation);
  }

  private static double share(long hits, long queries) {
    if (queries < 1 || hits < 0 || hits > queries) {
      throw new IllegalArgumentException("%d hits of %d queries".formatted(hits, queries));
    }
    return (double) hits / queries;
  }
}
