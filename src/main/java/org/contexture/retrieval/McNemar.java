package org.contexture.retrieval;

/**
 * Whether two methods that answered the same queries differ in the share they answer rightly. Only
 * queries that one of them answers rightly and the other does not tell: if the methods are equally
 * good, each such query is a fair coin.
 *
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar: Note on the sampling error of the
 *     difference between correlated proportions or percentages, 1947</a>
 */
final class McNemar {
  private McNemar() {}

  /**
   * The two-sided exact probability of a division as uneven as this one, or more so, when each
   * query is as likely to be the one method's as the other's; 1 where there is no such query.
   *
   * @param onlyFirst how many queries the first method alone answers rightly
   * @param onlySecond how many queries the second one alone answers rightly
   */
  static double exact(long onlyFirst, long onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException("%d and %d queries".formatted(onlyFirst, onlySecond));
    }
    long queries = onlyFirst + onlySecond;
    long fewer = Math.min(onlyFirst, onlySecond);
    double logTerm = -queries * Math.log(2);
    for (long chosen = 1; chosen <= fewer; chosen++) {
      logTerm += Math.log((double) (queries - chosen + 1) / chosen);
    }
    double ratio = 1;
    double sum = 0;
    for (long chosen = fewer; chosen >= 0; chosen--) {
      sum += ratio;
      ratio *= (double) chosen / (queries - chosen + 1);
    }
    return Math.min(1, 2 * sum * Math.exp(logTerm));
  }
}
