package org.contexture.image;

/**
 * The first pass of a resize: rows of a part of an image at another width. Two rows are worked on
 * at a time, one in each half of a 64-bit integer, so that a multiplication serves both: a weighted
 * sum stays below 2^31, and the halves never meet.
 */
final class HorizontalPass {
  private static final long BOTH_HALVES =
      ResamplingWeights.HALF | ((long) ResamplingWeights.HALF << Integer.SIZE);

  private final byte[] samples;
  private final int stride;
  private final int start;
  private final CropBox box;
  private final int width;
  private final ResamplingWeights weights;
  private final long[] wideWeights;
  private final long[] pair;

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
    this.weights = ResamplingWeights.of(box.width(), width);
    this.wideWeights = new long[weights.quantised().length];
    for (int index = 0; index < wideWeights.length; index++) {
      wideWeights[index] = weights.quantised()[index];
    }
    this.pair = new long[box.width() * RgbImage.CHANNELS];
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
      add(upper, lower);
    }
  }

  private void widen(int from, int[] target) {
    for (int index = 0; index < target.length; index++) {
      target[index] = samples[from + index] & 0xFF;
    }
  }

  private void join(int from, int below) {
    for (int index = 0; index < pair.length; index++) {
      pair[index] =
          (samples[from + index] & 0xFF) | ((long) (samples[below + index] & 0xFF) << Integer.SIZE);
    }
  }

  /** Sums up; written out for the numbers of samples that most reductions need. */
  private void add(int[] upper, int[] lower) {
    int target = 0;
    for (int column = 0; column < width; column++) {
      int at = weights.first(column) * RgbImage.CHANNELS;
      int tap = column * weights.most();
      int count = weights.count(column);
      long red = BOTH_HALVES;
      long green = BOTH_HALVES;
      long blue = BOTH_HALVES;
      if (count == 3) {
        long first = wideWeights[tap];
        long second = wideWeights[tap + 1];
        long third = wideWeights[tap + 2];
        red += first * pair[at] + second * pair[at + 3] + third * pair[at + 6];
        green += first * pair[at + 1] + second * pair[at + 4] + third * pair[at + 7];
        blue += first * pair[at + 2] + second * pair[at + 5] + third * pair[at + 8];
      } else if (count == 4) {
        long first = wideWeights[tap];
        long second = wideWeights[tap + 1];
        long third = wideWeights[tap + 2];
        long fourth = wideWeights[tap + 3];
        red +=
            first * pair[at] + second * pair[at + 3] + third * pair[at + 6] + fourth * pair[at + 9];
        green +=
            first * pair[at + 1]
                + second * pair[at + 4]
                + third * pair[at + 7]
                + fourth * pair[at + 10];
        blue +=
            first * pair[at + 2]
                + second * pair[at + 5]
                + third * pair[at + 8]
                + fourth * pair[at + 11];
      } else {
        for (int end = tap + count; tap < end; tap++) {
          long weight = wideWeights[tap];
          red += weight * pair[at];
          green += weight * pair[at + 1];
          blue += weight * pair[at + 2];
          at += RgbImage.CHANNELS;
        }
      }
      upper[target] = ResamplingWeights.toSample((int) red);
      upper[target + 1] = ResamplingWeights.toSample((int) green);
      upper[target + 2] = ResamplingWeights.toSample((int) blue);
      lower[target] = ResamplingWeights.toSample((int) (red >>> Integer.SIZE));
      lower[target + 1] = ResamplingWeights.toSample((int) (green >>> Integer.SIZE));
      lower[target + 2] = ResamplingWeights.toSample((int) (blue >>> Integer.SIZE));
      target += RgbImage.CHANNELS;
    }
  }
}
