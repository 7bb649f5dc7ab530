package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * Cross entropy of each positive against the negatives of its anchor, mean over ordered positive
 * pairs (Chen et al.: A Simple Framework for Contrastive Learning of Visual Representations, ICML
 * 2020, equation 1). No positive pair or no negative pair: 0.
 */
final class NtXentLoss implements Loss {
  static final String TERM = "nt_xent";

  private final float temperature;

  /**
   * A loss.
   *
   * @param temperature what cosines are divided by
   */
  NtXentLoss(double temperature) {
    this.temperature = (float) temperature;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray logits = Scaling.over(batch.similarities(), temperature);
    NDArray positives = batch.otherPositives();
    NDArray negatives = batch.negatives();
    NDArray against = SoftMaximum.of(logits, negatives, 1);
    NDArray losses = against.sub(logits).getNDArrayInternal().softPlus().mul(positives);
    return LossValue.of(TERM, losses.sum().div(positives.sum().maximum(1f)));
  }
}
