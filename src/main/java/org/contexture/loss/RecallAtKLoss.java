package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * One minus the mean recall of a batch at k = 1, 2, 4 and so on, whose images are each searched for
 * among all others, with logistic functions for the steps that ranks are counted by and that the
 * first k ranks are told by (Patel et al.: Recall@k Surrogate Loss with Large Batches and
 * Similarity Mixup, CVPR 2022, section 3; without the mixup). Recall is the share of the positives
 * found, of k positives where there are more than that, as in the published code.
 *
 * <p>The mean is over the images that have a positive besides themselves. No such image: 0.
 */
final class RecallAtKLoss implements Loss {
  static final String TERM = "rs_at_k";
  private static final int[] IMAGES = {1};
  private static final int[] LAST = {2};

  private final float[] ks;
  private final float rankTemperature;
  private final float temperature;

  /**
   * A loss.
   *
   * @param largestK k are the powers of two up to it, at least 1
   * @param rankTemperature what the distance of a rank to k is divided by
   * @param temperature what differences of cosines are divided by
   */
  RecallAtKLoss(int largestK, double rankTemperature, double temperature) {
    ks = new float[Integer.SIZE - Integer.numberOfLeadingZeros(largestK)];
    for (int power = 0; power < ks.length; power++) {
      ks[power] = 1 << power;
    }
    this.rankTemperature = (float) rankTemperature;
    this.temperature = (float) temperature;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarities = batch.similarities();
    // [q, j, i]: how far i is before j in the ranking of q.
    NDArray differences = similarities.expandDims(1).sub(similarities.expandDims(2));
    NDArray others = batch.offDiagonal().expandDims(0).mul(batch.offDiagonal().expandDims(1));
    NDArray ranks = Logistic.of(differences, temperature).mul(others).sum(LAST).add(1f);
    NDArray positives = batch.otherPositives();
    NDArray counts = positives.sum(IMAGES, true);
    NDArray limits = batch.manager().create(ks, new Shape(1, ks.length));
    NDArray found =
        Logistic.of(limits.expandDims(1).sub(ranks.expandDims(2)), rankTemperature)
            .mul(positives.expandDims(2))
            .sum(IMAGES);
    NDArray recalls = found.div(limits.minimum(counts.maximum(1f))).mean(IMAGES);
    NDArray queries = Indicator.of(counts.gt(0f));
    NDArray total = queries.sum().sub(recalls.sum());
    return LossValue.of(TERM, total.div(queries.sum().maximum(1f)));
  }
}
