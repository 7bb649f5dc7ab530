package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * One minus the mean average precision that a histogram of cosines gives, the image itself among
 * its positives (Revaud et al.: Learning with Average Precision: Training Image Retrieval with a
 * Listwise Loss, ICCV 2019, section 3.2). What rounding puts outside -1 to 1 counts for the end
 * bins.
 */
final class SoftBinApLoss implements Loss {
  static final String TERM = "soft_bin_ap";
  private static final float SMALLEST_COUNT = 1e-16f;
  private static final int[] IMAGES = {1};

  private final Histogram histogram;

  /**
   * A loss.
   *
   * @param bins centres from 1 down to -1, at least 2
   */
  SoftBinApLoss(int bins) {
    histogram = new Histogram(1, -2.0 / (bins - 1), bins);
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray weights = histogram.weights(clipped(batch.similarities()));
    NDArray all = weights.sum(IMAGES);
    NDArray positives = weights.mul(batch.positives().expandDims(2)).sum(IMAGES);
    NDArray precision = positives.cumSum(1).div(all.cumSum(1).add(SMALLEST_COUNT));
    NDArray averages = precision.mul(positives).sum(IMAGES).div(positives.sum(IMAGES));
    return LossValue.of(TERM, averages.mean().neg().add(1f));
  }

  private static NDArray clipped(NDArray cosines) {
    NDArray atMost = relu(cosines.neg().add(1f)).neg().add(1f);
    return relu(atMost.add(1f)).sub(1f);
  }

  private static NDArray relu(NDArray array) {
    return array.getNDArrayInternal().relu();
  }
}
