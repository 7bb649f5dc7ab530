package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * One minus the mean average precision that a histogram of squared distances gives, over the images
 * that have a positive besides themselves (Cakir et al.: Deep Metric Learning to Rank, CVPR 2019).
 * No such image: 0.
 */
final class FastApLoss implements Loss {
  static final String TERM = "fast_ap";
  private static final double LARGEST_DISTANCE = 4;
  private static final int[] IMAGES = {1};

  private final Histogram histogram;

  /**
   * A loss.
   *
   * @param intervals the squared distances 0 to 4 are divided into
   */
  FastApLoss(int intervals) {
    histogram = new Histogram(0, LARGEST_DISTANCE / intervals, intervals + 1);
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray distances = Scaling.times(batch.similarities(), -2f).add(2f);
    NDArray weights = histogram.weights(distances);
    NDArray positiveOf = batch.otherPositives();
    NDArray positives = weights.mul(positiveOf.expandDims(2)).sum(IMAGES);
    NDArray others = weights.mul(batch.offDiagonal().expandDims(2)).sum(IMAGES);
    NDArray before = others.cumSum(1);
    NDArray empty = Indicator.of(before.stopGradient().lte(0f));
    NDArray precision = positives.mul(positives.cumSum(1)).div(before.add(empty)).sum(IMAGES);
    NDArray counts = positiveOf.sum(IMAGES);
    NDArray queries = Indicator.of(counts.gt(0f));
    NDArray averages = precision.div(counts.maximum(1f));
    NDArray total = queries.sub(averages).sum();
    return LossValue.of(TERM, total.div(queries.sum().maximum(1f)));
  }
}
