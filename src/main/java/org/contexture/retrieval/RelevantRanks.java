package org.contexture.retrieval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where the relevant images of one query stand in the ranking of a part of the gallery: for each of
 * them, the nearest first, how many images of the part come after the relevant image before it and
 * no later than itself. These gaps add up over parts, and their running sums are the ranks in the
 * whole. Immutable.
 */
public final class RelevantRanks {
  private final int[] gaps;

  private RelevantRanks(int[] gaps) {
    this.gaps = gaps;
  }

  static RelevantRanks ofGaps(int[] gaps) {
    return new RelevantRanks(gaps.clone());
  }

  /**
   * Two parts of the gallery together. Associative and commutative.
   *
   * @param other of the same query, in a part that shares no image with this one
   * @throws IllegalArgumentException if there it has another number of relevant images
   */
  public RelevantRanks merge(RelevantRanks other) {
    if (other.gaps.length != gaps.length) {
      throw new IllegalArgumentException(
          "%d relevant images in one part of the search, %d in another"
              .formatted(gaps.length, other.gaps.length));
    }
    int[] sums = new int[gaps.length];
    Arrays.setAll(sums, i -> Math.addExact(gaps[i], other.gaps[i]));
    return new RelevantRanks(sums);
  }

  /** The rank of each relevant image among all images searched, from 1, ascending. */
  public int[] ranks() {
    int[] ranks = gaps.clone();
    Arrays.parallelPrefix(ranks, Math::addExact);
    return ranks;
  }

  /** Writes the serial form that the package describes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(gaps.length);
    for (int gap : gaps) {
      out.writeInt(gap);
    }
  }

  /**
   * Reads the serial form that the package describes.
   *
   * @throws IOException if the bytes end early or are no such form
   */
  public static RelevantRanks readFrom(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException(count + " relevant images cannot be");
    }
    int[] gaps = new int[count];
    for (int i = 0; i < count; i++) {
      gaps[i] = in.readInt();
    }
    return new RelevantRanks(gaps);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RelevantRanks other && Arrays.equals(gaps, other.gaps);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(gaps);
  }

  @Override
  public String toString() {
    return "relevant images at ranks " + Arrays.toString(ranks());
  }
}
