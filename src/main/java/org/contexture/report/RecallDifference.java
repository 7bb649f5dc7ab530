package org.contexture.report;

import java.util.Objects;
import java.util.Optional;

/**
 * By how much Recall@1 of one experiment exceeds that of another.
 *
 * @param first name of the one
 * @param second name of the other
 * @param value the difference, as a fraction of 1
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 * @param pairs which queries each has right; empty where they were asked other queries, or searched
 *     another gallery
 */
public record RecallDifference(
    String first, String second, double value, double low, double high, Optional<Pairs> pairs) {

  /**
   * What two experiments make of the same queries.
   *
   * @param both how many both have right
   * @param onlyFirst how many the first alone has right
   * @param onlySecond how many the second alone has right
   * @param neither how many none has right
   * @param probability how likely a difference as large, or larger, is between equally good
   *     networks: the exact test of McNemar
   * @param corrected the same, raised by the method of Holm for all pairs of the comparison
   */
  public record Pairs(
      long both,
      long onlyFirst,
      long onlySecond,
      long neither,
      double probability,
      double corrected) {

    /** How many queries there are. */
    public long queries() {
      return both + onlyFirst + onlySecond + neither;
    }
  }

  public RecallDifference {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    Objects.requireNonNull(pairs, "pairs");
  }

  /** Whether it is about these two, whichever comes first. */
  boolean isOf(String one, String other) {
    return (first.equals(one) && second.equals(other))
        || (first.equals(other) && second.equals(one));
  }
}
