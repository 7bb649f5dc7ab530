package org.contexture.image;

import java.util.Arrays;

/**
 * For one side of a resize: which source samples make each target sample, and with what weight, as
 * in Pillow's {@code precompute_coeffs} (weights in double, normalised, then rounded to 22 bits).
 */
final class ResamplingWeights {
  private static final int BITS = 22;

  /** What a sum of products starts from, so that dropping the fraction rounds. */
  static final int HALF = 1 << (BITS - 1);

  /** With more than that, white would come to 256. */
  private static final int LARGEST_TOTAL = ((256 << BITS) - 1 - HALF) / 255;

  private final int[] first;
  private final int[] count;
  private final int[] quantised;
  private final int most;

  private ResamplingWeights(int[] first, int[] count, int[] quantised, int most) {
    this.first = first;
    this.count = count;
    this.quantised = quantised;
    this.most = most;
  }

  /** Weights that bring a side of {@code source} samples to {@code target} samples. */
  static ResamplingWeights of(int source, int target) {
    double scale = (double) source / target;
    double support = Math.max(scale, 1.0);
    double inverse = 1.0 / support;
    int most = (int) Math.ceil(support) * 2 + 1;
    int[] first = new int[target];
    int[] count = new int[target];
    int[] quantised = new int[Math.multiplyExact(target, most)];
    double[] weights = new double[most];
    for (int index = 0; index < target; index++) {
      double centre = (index + 0.5) * scale;
      int from = Math.max(0, (int) (centre - support + 0.5));
      int taps = Math.min(source, (int) (centre + support + 0.5)) - from;
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        weights[tap] = Math.max(0.0, 1.0 - Math.abs((tap + from - centre + 0.5) * inverse));
        sum += weights[tap];
      }
      int total = 0;
      for (int tap = 0; tap < taps; tap++) {
        int weight = (int) (0.5 + weights[tap] / sum * (1 << BITS));
        quantised[index * most + tap] = weight;
        total += weight;
      }
      if (total > LARGEST_TOTAL) {
        throw new IllegalArgumentException(
            "a side of %d samples reduced to %d".formatted(source, target));
      }
      first[index] = from;
      count[index] = taps;
    }
    return new ResamplingWeights(first, count, quantised, most);
  }

  /** The first source sample of a target sample. */
  int first(int target) {
    return first[target];
  }

  /** How many source samples make a target sample. */
  int count(int target) {
    return count[target];
  }

  /** How many source samples make the target sample that takes most. */
  int largestCount() {
    return Arrays.stream(count).max().orElseThrow();
  }

  /** All weights; those of a target sample start at its number times {@link #most()}. */
  int[] quantised() {
    return quantised;
  }

  /** Room for the weights of one target sample. */
  int most() {
    return most;
  }

  /**
   * Makes samples of sums of weighted samples that began at {@link #HALF}. Rounded weights add up
   * to a little more than one, but never to so much that a sum reaches 256, and so nothing is
   * clamped.
   */
  static void toSamples(int[] sums) {
    for (int index = 0; index < sums.length; index++) {
      sums[index] >>>= BITS;
    }
  }
}
