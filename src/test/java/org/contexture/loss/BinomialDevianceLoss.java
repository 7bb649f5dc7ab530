package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * A smooth form of the contrastive loss: positives pay for similarities below a margin, negatives
 * for similarities above it, each kind on average (after Yi et al.: Deep Metric Learning for Person
 * Re-Identification, ICPR 2014). A batch without pairs of a kind pays nothing for that kind.
 */
final class BinomialDevianceLoss implements Loss {
  static final String TERM = "binomial_deviance";

  private final float margin;
  private final float sharpness;

  /**
   * A loss.
   *
   * @param margin the similarity that parts positives from negatives
   * @param sharpness what differences to it are multiplied by
   */
  BinomialDevianceLoss(double margin, double sharpness) {
    this.margin = (float) margin;
    this.sharpness = (float) sharpness;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray excess = Scaling.times(batch.similarities().sub(margin), sharpness);
    NDArray lack = excess.neg();
    NDArray positives = mean(lack.getNDArrayInternal().softPlus(), batch.otherPositives());
    NDArray negatives = mean(excess.getNDArrayInternal().softPlus(), batch.negatives());
    return LossValue.of(TERM, positives.add(negatives));
  }

  /** The mean over the pairs that count; 0 where none does. */
  private static NDArray mean(NDArray values, NDArray pairs) {
    return values.mul(pairs).sum().div(pairs.sum().maximum(1f));
  }
}
