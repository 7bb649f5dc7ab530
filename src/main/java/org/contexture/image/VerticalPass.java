package org.contexture.image;

import java.util.Arrays;

/**
 * The second pass of a resize: rows of the first pass, summed up to the rows of the result. Only as
 * many rows are held as one row of the result needs. As in the first pass, its loops are over plain
 * arrays of integers, which the compiler turns into vector instructions.
 */
final class VerticalPass {
  private final HorizontalPass rows;
  private final ResamplingWeights weights;

  /**
   * Rows of the first pass, by the last bits of their numbers: their red, green and blue samples.
   */
  private final int[][][] held;

  private final int[][] sums;
  private final int[] pixels;
  private int ready;

  /**
   * A pass.
   *
   * @param width pixels in a row
   * @param sourceHeight rows of the first pass
   * @param height rows of the result
   */
  VerticalPass(HorizontalPass rows, int width, int sourceHeight, int height) {
    this.rows = rows;
    this.weights = ResamplingWeights.of(sourceHeight, height);
    int together = Integer.highestOneBit(2 * weights.largestCount() - 1);
    this.held = new int[together][RgbImage.CHANNELS][width];
    this.sums = new int[RgbImage.CHANNELS][width];
    this.pixels = new int[width];
  }

  /** Makes a row of the result; rows are made in their order. */
  void row(int row, byte[] target, int from) {
    int first = weights.first(row);
    int count = weights.count(row);
    for (; ready < first + count; ready++) {
      rows.row(ready, held(ready));
    }
    for (int channel = 0; channel < sums.length; channel++) {
      add(channel, first, count, row * weights.most());
      ResamplingWeights.toSamples(sums[channel]);
    }
    join(sums[0], sums[1], sums[2]);
    PixelBytes.write(pixels, target, from);
  }

  private int[][] held(int row) {
    return held[row & (held.length - 1)];
  }

  private void add(int channel, int first, int count, int weight) {
    int[] quantised = weights.quantised();
    int[] sum = sums[channel];
    Arrays.fill(sum, ResamplingWeights.HALF);
    int tap = 0;
    for (; tap + 2 < count; tap += 3) {
      add(
          held(first + tap)[channel],
          quantised[weight + tap],
          held(first + tap + 1)[channel],
          quantised[weight + tap + 1],
          held(first + tap + 2)[channel],
          quantised[weight + tap + 2],
          sum);
    }
    for (; tap < count; tap++) {
      add(held(first + tap)[channel], quantised[weight + tap], sum);
    }
  }

  private static void add(
      int[] one, int first, int[] two, int second, int[] three, int third, int[] sum) {
    for (int index = 0; index < sum.length; index++) {
      sum[index] += first * one[index] + second * two[index] + third * three[index];
    }
  }

  private static void add(int[] samples, int weight, int[] sum) {
    for (int index = 0; index < sum.length; index++) {
      sum[index] += weight * samples[index];
    }
  }

  private void join(int[] red, int[] green, int[] blue) {
    for (int column = 0; column < pixels.length; column++) {
      pixels[column] =
          red[column] | (green[column] << Byte.SIZE) | (blue[column] << (2 * Byte.SIZE));
    }
  }
}
