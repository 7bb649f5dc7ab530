package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * For each image the soft maximum of how much too similar its negatives are, plus that of how much
 * too dissimilar its positives are, and 0; each similarity weighs as much as it is off its optimum
 * (Sun et al.: Circle Loss, CVPR 2020, equation 6). An image without positives, or without
 * negatives, adds 0.
 */
final class CircleLoss implements Loss {
  static final String TERM = "circle";

  private final float margin;
  private final float scale;

  /**
   * A loss.
   *
   * @param margin m: positives shall be above 1 - m, negatives below m; the optima are 1 + m and -m
   * @param scale what weighted similarities are multiplied by
   */
  CircleLoss(double margin, double scale) {
    this.margin = (float) margin;
    this.scale = (float) scale;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarities = batch.similarities();
    NDArray values = similarities.stopGradient();
    NDArray positives = batch.otherPositives();
    NDArray negatives = batch.negatives();
    NDArray offPositive = relu(values.neg().add(1f + margin)).mul(-scale);
    NDArray offNegative = relu(values.add(margin)).mul(scale);
    NDArray lack = similarities.sub(1f - margin).mul(offPositive);
    NDArray excess = similarities.sub(margin).mul(offNegative);
    NDArray both = SoftMaximum.of(lack, positives, 1).add(SoftMaximum.of(excess, negatives, 1));
    return LossValue.of(TERM, both.getNDArrayInternal().softPlus().mean());
  }

  private static NDArray relu(NDArray array) {
    return array.getNDArrayInternal().relu();
  }
}
