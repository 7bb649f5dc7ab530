package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * One minus the true mean average precision of a batch whose images are each searched for among all
 * of it, an image among its own positives. Ranks have no gradient; it is replaced by how the ranks
 * change when the cosines are moved along the gradient of the loss with respect to the ranks, over
 * how far they are moved (Rolínek et al.: Optimizing Rank-based Metrics with Blackbox
 * Differentiation, CVPR 2020, algorithm 1 and section 4). Ranks are divided by the size of the
 * batch, as in the published code.
 */
final class BlackboxApLoss implements Loss {
  static final String TERM = "blackbox_ap";
  private static final int[] COLUMNS = {1};

  private final float interpolation;
  private final float margin;

  /**
   * A loss.
   *
   * @param interpolation λ: how far the cosines are moved
   * @param margin how much nearer than negatives positives have to be to be ranked before them
   */
  BlackboxApLoss(double interpolation, double margin) {
    this.interpolation = (float) interpolation;
    this.margin = (float) margin;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarities = batch.similarities();
    NDArray positives = batch.positives();
    NDArray counts = positives.sum(COLUMNS, true);
    NDArray shifted = similarities.stopGradient().sub(positives.sub(0.5f).mul(margin));
    NDArray ranks = ranks(shifted);
    // All positives come before all others here, in the order of their ranks.
    NDArray amongPositives = ranks(positives.mul(2f * batch.size()).sub(ranks));
    NDArray precision = amongPositives.div(ranks).mul(positives);
    NDArray averages = precision.sum(COLUMNS, true).div(counts);

    // The mean over the queries and the ranks' divisor cancel out.
    NDArray rankGradient = precision.div(ranks).div(counts);
    NDArray moved = ranks(shifted.add(rankGradient.mul(interpolation)));
    NDArray gradient = moved.sub(ranks).div(interpolation * batch.size());
    NDArray slope = gradient.mul(similarities).sum();
    NDArray value = averages.mean().neg().add(1f);
    // The true value, with the gradient that it lacks.
    return LossValue.of(TERM, value.add(slope.sub(slope.stopGradient())));
  }

  /** The place of each image in its row, from 1 for the largest score. */
  private static NDArray ranks(NDArray scores) {
    NDArray places = scores.neg().argSort(1).argSort(1);
    return places.toType(DataType.FLOAT32, false).add(1f);
  }
}
