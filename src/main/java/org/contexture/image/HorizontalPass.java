package org.contexture.image;

import java.util.Arrays;

/**
 * The first pass of a resize: rows of a part of an image at another width. Two rows are worked on
 * at a time, one in each half of a 64-bit integer, so that a multiplication serves both: a weighted
 * sum stays below 2^31, and the halves never meet. Sums grow by three source pixels at a time, with
 * weights of zero where fewer are left, so that the innermost loop has neither loops nor branches.
 */
final class HorizontalPass {
  private static final int TOGETHER = 3;
  private static final int STEP = TOGETHER * RgbImage.CHANNELS;
  private static final long BOTH_HALVES =
      ResamplingWeights.HALF | ((long) ResamplingWeights.HALF << Integer.SIZE);

  private final byte[] samples;
  private final int stride;
  private final int start;
  private final CropBox box;
  private final int width;

  /** Where the source samples of each target pixel start in {@link #pair}. */
  private final int[] starts;

  /** Three weights for each target pixel, for its first three source pixels, for the next three. */
  private final long[][] weights;

  private final long[] pair;
  private final long[] sums;

  /**
   * A pass.
   *
   * @param width pixels in a row of the result
   */
  HorizontalPass(RgbImage image, CropBox box, int width) {
    this.samples = image.samples();
    this.stride = image.width() * RgbImage.CHANNELS;
    this.start = box.top() * stride + box.left() * RgbImage.CHANNELS;
    this.box = box;
    this.width = width;
    ResamplingWeights one = ResamplingWeights.of(box.width(), width);
    this.starts = new int[width];
    this.weights = new long[(one.largestCount() + TOGETHER - 1) / TOGETHER][width * TOGETHER];
    for (int column = 0; column < width; column++) {
      starts[column] = one.first(column) * RgbImage.CHANNELS;
      for (int tap = 0; tap < one.count(column); tap++) {
        weights[tap / TOGETHER][column * TOGETHER + tap % TOGETHER] =
            one.quantised()[column * one.most() + tap];
      }
    }
    this.pair = new long[box.width() * RgbImage.CHANNELS + weights.length * STEP];
    this.sums = new long[width * RgbImage.CHANNELS];
  }

  /**
   * Makes a row of the box and the one below it, which for the last row is made once more.
   *
   * @param upper takes the samples of the row
   * @param lower takes those of the row below
   */
  void rows(int row, int[] upper, int[] lower) {
    int from = start + row * stride;
    int below = row + 1 < box.height() ? from + stride : from;
    if (width == box.width()) {
      widen(from, upper);
      widen(below, lower);
    } else {
      join(from, below);
      Arrays.fill(sums, BOTH_HALVES);
      for (int group = 0; group < weights.length; group++) {
        add(weights[group], group * STEP);
      }
      part(upper, lower);
    }
  }

  private void widen(int from, int[] target) {
    for (int index = 0; index < target.length; index++) {
      target[index] = samples[from + index] & 0xFF;
    }
  }

  private void join(int from, int below) {
    int count = box.width() * RgbImage.CHANNELS;
    for (int index = 0; index < count; index++) {
      pair[index] =
          (samples[from + index] & 0xFF) | ((long) (samples[below + index] & 0xFF) << Integer.SIZE);
    }
  }

  private void add(long[] three, int offset) {
    int target = 0;
    for (int column = 0; column < starts.length; column++) {
      int at = starts[column] + offset;
      long first = three[target];
      long second = three[target + 1];
      long third = three[target + 2];
      sums[target] += first * pair[at] + second * pair[at + 3] + third * pair[at + 6];
      sums[target + 1] += first * pair[at + 1] + second * pair[at + 4] + third * pair[at + 7];
      sums[target + 2] += first * pair[at + 2] + second * pair[at + 5] + third * pair[at + 8];
      target += RgbImage.CHANNELS;
    }
  }

  private void part(int[] upper, int[] lower) {
    for (int index = 0; index < sums.length; index++) {
      upper[index] = ResamplingWeights.toSample((int) sums[index]);
      lower[index] = ResamplingWeights.toSample((int) (sums[index] >>> Integer.SIZE));
    }
  }
}
