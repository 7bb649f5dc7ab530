package org.contexture.retrieval;

/**
 * Which of the same queries two networks answer rightly. What depends on a query alone, such as how
 * hard it is, goes out of the difference, so it is known better than each of the two shares.
 * Mutable, not thread-safe; the order of the queries does not matter.
 */
public final class PairedHits {
  private final BootstrapSums samples = new BootstrapSums();
  private long both;
  private long onlyFirst;
  private long onlySecond;
  private long neither;

  /** Adds a query: whether each network has it right. */
  public void add(long queryId, boolean first, boolean second) {
    samples.add((first ? 1 : 0) - (second ? 1 : 0), BootstrapSums.drawn(queryId));
    if (first && second) {
      both++;
    } else if (first) {
      onlyFirst++;
    } else if (second) {
      onlySecond++;
    } else {
      neither++;
    }
  }

  /** How many queries both have right. */
  public long both() {
    return both;
  }

  /** How many queries the first alone has right. */
  public long onlyFirst() {
    return onlyFirst;
  }

  /** How many queries the second alone has right. */
  public long onlySecond() {
    return onlySecond;
  }

  /** How many queries none has right. */
  public long neither() {
    return neither;
  }

  /** How many queries there are. */
  public long queries() {
    return both + onlyFirst + onlySecond + neither;
  }

  /**
   * By how much the share of the first exceeds that of the second; its interval by the percentiles
   * of samples in which a query is drawn for both at once ({@link BootstrapSums}).
   *
   * @throws IllegalStateException if there are no queries
   */
  public ShareDifference difference() {
    if (queries() == 0) {
      throw new IllegalStateException("no queries to compare by");
    }
    return new ShareDifference(
        (double) (onlyFirst - onlySecond) / queries(), samples.low(), samples.high());
  }

  /**
   * How likely a difference as large as this one, or larger, is between equally good networks, by
   * the exact test of McNemar.
   */
  public double probability() {
    return McNemar.exact(onlyFirst, onlySecond);
  }
}
