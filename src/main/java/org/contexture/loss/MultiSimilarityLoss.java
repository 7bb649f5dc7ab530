package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * The multi-similarity loss over all pairs: for each image the soft maximum of how far its
 * positives are below the base similarity, and of how far its negatives are above it (Wang et al.:
 * Multi-Similarity Loss with General Pair Weighting, CVPR 2019; without its miner).
 *
 * <p>An image without positives, or without negatives, adds 0 for them.
 */
final class MultiSimilarityLoss implements Loss {
  static final String TERM = "multi_similarity";
  private static final int[] COLUMNS = {1};

  private final float alpha;
  private final float beta;
  private final float base;

  /**
   * A multi-similarity loss.
   *
   * @param alpha the sharpness on positives
   * @param beta the sharpness on negatives
   * @param base the cosine that parts easy pairs from hard ones
   */
  MultiSimilarityLoss(double alpha, double beta, double base) {
    this.alpha = (float) alpha;
    this.beta = (float) beta;
    this.base = (float) base;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray excess = batch.similarities().sub(base);
    NDArray positives = batch.positives().mul(batch.offDiagonal());
    NDArray negatives = batch.positives().neg().add(1f);
    NDArray pull = Scaling.over(softMaximum(Scaling.times(excess, -alpha), positives), alpha);
    NDArray push = Scaling.over(softMaximum(Scaling.times(excess, beta), negatives), beta);
    return LossValue.of(TERM, pull.add(push).mean());
  }

  /** ln(1 + sum of exp(x) over the pairs), row by row, whatever the size of x: N x 1. */
  private static NDArray softMaximum(NDArray exponents, NDArray pairs) {
    // At least 0, because the diagonal is never among the pairs.
    NDArray largest = exponents.stopGradient().mul(pairs).max(COLUMNS, true);
    NDArray powers = exponents.sub(largest).mul(pairs).exp().mul(pairs);
    return powers.sum(COLUMNS, true).add(largest.neg().exp()).log().add(largest);
  }
}
