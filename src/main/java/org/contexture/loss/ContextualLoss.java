package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * The contextual loss: images of one class shall have the same neighbours, images of two classes
 * none in common. The mean over all N x N pairs, itself left out, of the squared difference between
 * the contextual similarity and 1 or 0.
 *
 * <p>Finite for every batch: a neighbourhood larger than the batch is the batch, see {@link
 * ContextualSimilarity} for neighbourhoods that cover it and for collapsed embeddings.
 */
final class ContextualLoss implements Loss {
  static final String TERM = "contextual";

  private final int k;
  private final float slack;
  private final int ablation;

  /**
   * A contextual loss.
   *
   * @param k how many images a neighbourhood has, the image itself included
   * @param slack the slack of the neighbourhood test, in squared distance
   * @param ablation which part of the similarity is left out: 1 to 10, see {@link
   *     AblatedSimilarity}, or {@link AblatedSimilarity#NONE}
   */
  ContextualLoss(int k, double slack, int ablation) {
    if (k < 1) {
      throw new IllegalArgumentException("A neighbourhood of " + k);
    }
    this.k = k;
    this.slack = (float) slack;
    this.ablation = ablation;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarity =
        ablation == AblatedSimilarity.NONE
            ? ContextualSimilarity.of(batch.similarities(), k, slack).similarity()
            : AblatedSimilarity.of(batch.similarities(), k, slack, ablation);
    NDArray errors = batch.positives().sub(similarity).mul(batch.offDiagonal());
    return LossValue.of(TERM, errors.square().mean());
  }
}
