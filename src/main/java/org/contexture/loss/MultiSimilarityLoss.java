package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.OptionalDouble;

/**
 * The multi-similarity loss: for each image the soft maximum of how far its positives are below the
 * base similarity, and of how far its negatives are above it (Wang et al.: Multi-Similarity Loss
 * with General Pair Weighting, CVPR 2019, equation 16), over all pairs or over those that the
 * paper's miner keeps (equations 14 and 15).
 *
 * <p>An image without positives, or without negatives, adds 0 for them.
 */
final class MultiSimilarityLoss implements Loss {
  static final String TERM = "multi_similarity";
  static final String MINER = "multi_similarity_miner";
  private static final float NEVER = 1e3f;
  private static final int[] COLUMNS = {1};

  private final float alpha;
  private final float beta;
  private final float base;
  private final OptionalDouble slack;

  /**
   * A multi-similarity loss.
   *
   * @param alpha the sharpness on positives
   * @param beta the sharpness on negatives
   * @param base the cosine that parts easy pairs from hard ones
   * @param slack of the miner, which keeps a positive unless it is this much nearer than all
   *     negatives, and a negative unless it is this much farther than all positives; empty keeps
   *     all pairs
   */
  MultiSimilarityLoss(double alpha, double beta, double base, OptionalDouble slack) {
    this.alpha = (float) alpha;
    this.beta = (float) beta;
    this.base = (float) base;
    this.slack = slack;
  }

  /** The pairs that count: 1 where the column counts for the row, else 0; N x N each. */
  record Pairs(NDArray positives, NDArray negatives) {}

  @Override
  public LossValue evaluate(LossBatch batch) {
    Pairs pairs = pairs(batch);
    NDArray excess = batch.similarities().sub(base);
    NDArray lack = SoftMaximum.ofZeroAnd(Scaling.times(excess, -alpha), pairs.positives(), 1);
    NDArray surplus = SoftMaximum.ofZeroAnd(Scaling.times(excess, beta), pairs.negatives(), 1);
    NDArray total = Scaling.over(lack, alpha).add(Scaling.over(surplus, beta));
    return LossValue.of(TERM, total.mean());
  }

  /** All pairs, or those that the miner keeps. */
  Pairs pairs(LossBatch batch) {
    NDArray positives = batch.otherPositives();
    NDArray negatives = batch.negatives();
    if (slack.isEmpty()) {
      return new Pairs(positives, negatives);
    }
    float margin = (float) slack.getAsDouble();
    NDArray cosines = batch.similarities().stopGradient();
    // Outside -1 to 1 where an image has no negative, or no positive: nothing is then kept.
    NDArray nearestNegative = only(cosines, negatives, -NEVER).max(COLUMNS, true);
    NDArray farthestPositive = only(cosines, positives, NEVER).min(COLUMNS, true);
    return new Pairs(
        positives.mul(Indicator.of(cosines.sub(margin).lt(nearestNegative))),
        negatives.mul(Indicator.of(cosines.add(margin).gt(farthestPositive))));
  }

  /** The cosines of some pairs, and another number for all others. */
  private static NDArray only(NDArray cosines, NDArray pairs, float otherwise) {
    return cosines.mul(pairs).add(pairs.neg().add(1f).mul(otherwise));
  }
}
