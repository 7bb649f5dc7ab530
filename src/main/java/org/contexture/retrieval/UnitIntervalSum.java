package org.contexture.retrieval;

import java.io.Serializable;

/**
 * A sum of numbers between 0 and 1 that is the same in whatever order they are added: each number
 * is rounded to a multiple of 2⁻⁵², which changes it by at most 2⁻⁵³, and the multiples are summed
 * as integers. Zeros and ones are summed exactly. There is no bound on how many numbers that
 * matters: the whole part is a long.
 */
final class UnitIntervalSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FRACTION_BITS = 52;
  private static final long ONE = 1L << FRACTION_BITS;

  private long whole;

  /** In units of 2⁻⁵², less than one. */
  private long fraction;

  void add(double number) {
    if (!(number >= 0 && number <= 1)) {
      throw new IllegalArgumentException("between 0 and 1, not " + number);
    }
    add(0, Math.round(number * ONE));
  }

  void add(UnitIntervalSum other) {
    add(other.whole, other.fraction);
  }

  private void add(long whole, long fraction) {
    long sum = this.fraction + fraction;
    this.whole += whole + (sum >>> FRACTION_BITS);
    this.fraction = sum & (ONE - 1);
  }

  double dividedBy(long count) {
    return (whole + (double) fraction / ONE) / count;
  }
}
