package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * The margin contrastive loss on cosines: the mean of what positives lack to their margin, over
 * those that lack something, plus the mean of what negatives exceed theirs by, over those that do.
 *
 * <p>No pair that violates its margin: the loss is 0 and its gradient is 0 (the published code has
 * no gradient then, and training on it alone would stop).
 */
final class ContrastiveLoss implements Loss {
  static final String TERM = "contrastive";

  private final float positiveMargin;
  private final float negativeMargin;

  /**
   * A contrastive loss.
   *
   * @param positiveMargin the cosine below which positives are pulled
   * @param negativeMargin the cosine above which negatives are pushed
   */
  ContrastiveLoss(double positiveMargin, double negativeMargin) {
    this.positiveMargin = (float) positiveMargin;
    this.negativeMargin = (float) negativeMargin;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarities = batch.similarities();
    // An image is as similar to itself as can be, whatever rounding says.
    NDArray pull = meanOfPositive(similarities.neg().add(positiveMargin), batch.otherPositives());
    NDArray push = meanOfPositive(similarities.sub(negativeMargin), batch.negatives());
    return LossValue.of(TERM, pull.add(push));
  }

  private static NDArray meanOfPositive(NDArray violations, NDArray pairs) {
    NDArray active = Indicator.of(violations.stopGradient().gt(0f)).mul(pairs);
    return violations.mul(active).sum().div(active.sum().maximum(1f));
  }
}
