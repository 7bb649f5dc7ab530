package org.contexture.image;

import java.util.Arrays;

/**
 * The second pass of a resize: rows of the first pass, summed up to the rows of the result. Only as
 * many rows are held as one row of the result needs. The sums are loops over plain arrays of
 * integers, which the compiler turns into vector instructions; what keeps it from doing so, such as
 * bytes and limits, is left to a loop of its own.
 */
final class VerticalPass {
  private final HorizontalPass rows;
  private final ResamplingWeights weights;
  private final int[][] held;
  private final int[] sums;
  private int ready;

  /**
   * A pass.
   *
   * @param rowSamples samples in a row
   * @param sourceHeight rows of the first pass
   * @param height rows of the result
   */
  VerticalPass(HorizontalPass rows, int rowSamples, int sourceHeight, int height) {
    this.rows = rows;
    this.weights = ResamplingWeights.of(sourceHeight, height);
    this.held = new int[Integer.highestOneBit(weights.most() + 1) * 2][rowSamples];
    this.sums = new int[rowSamples];
  }

  /** Makes a row of the result; rows are made in their order. */
  void row(int row, byte[] target, int from) {
    int first = weights.first(row);
    int count = weights.count(row);
    while (ready < first + count) {
      rows.rows(ready, held(ready), held(ready + 1));
      ready += 2;
    }
    int[] quantised = weights.quantised();
    int tap = row * weights.most();
    Arrays.fill(sums, ResamplingWeights.HALF);
    int index = 0;
    for (; index + 2 < count; index += 3) {
      add(
          held(first + index), quantised[tap + index],
          held(first + index + 1), quantised[tap + index + 1],
          held(first + index + 2), quantised[tap + index + 2]);
    }
    for (; index < count; index++) {
      add(held(first + index), quantised[tap + index]);
    }
    for (int sample = 0; sample < sums.length; sample++) {
      target[from + sample] = (byte) ResamplingWeights.toSample(sums[sample]);
    }
  }

  private int[] held(int row) {
    return held[row & (held.length - 1)];
  }

  private void add(int[] one, int first, int[] two, int second, int[] three, int third) {
    for (int index = 0; index < sums.length; index++) {
      sums[index] += first * one[index] + second * two[index] + third * three[index];
    }
  }

  private void add(int[] samples, int weight) {
    for (int index = 0; index < sums.length; index++) {
      sums[index] += weight * samples[index];
    }
  }
}
