package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/** Logarithms of sums of exponentials over chosen pairs, whatever the size of the exponents. */
final class SoftMaximum {
  /** The soft maximum of nothing: far below every exponent there is, and still finite. */
  private static final float NOTHING = -1e30f;

  private SoftMaximum() {}

  /**
   * ln(sum of exp(x)) along an axis; where nothing counts a number far below 0.
   *
   * @param exponents x
   * @param pairs 1 for what counts, else 0; of the shape of x
   * @param axis what is summed over, kept with length 1
   */
  static NDArray of(NDArray exponents, NDArray pairs, int axis) {
    int[] axes = {axis};
    NDArray some = pairs.max(axes, true);
    NDArray none = some.neg().add(1f);
    NDArray excluded = pairs.neg().add(1f).mul(NOTHING);
    NDArray largest = exponents.stopGradient().mul(pairs).add(excluded).max(axes, true);
    NDArray powers = exponents.sub(largest.mul(some)).mul(pairs).exp().mul(pairs);
    return powers.sum(axes, true).add(none).log().add(largest);
  }

  /** ln(1 + sum of exp(x)): the soft maximum of x and 0; where nothing counts 0. */
  static NDArray ofZeroAnd(NDArray exponents, NDArray pairs, int axis) {
    return of(exponents, pairs, axis).getNDArrayInternal().softPlus();
  }
}
