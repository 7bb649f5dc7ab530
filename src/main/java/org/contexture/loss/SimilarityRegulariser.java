package org.contexture.loss;

/**
 * Keeps the mean cosine of a batch, over all N x N pairs, near a target: the square of the
 * difference. Part of the hybrid loss of the paper that {@link ContextualSimilarity} cites.
 */
final class SimilarityRegulariser implements Loss {
  static final String TERM = "regulariser";

  private final float target;

  /** A regulariser that aims at the mean cosine {@code target}. */
  SimilarityRegulariser(double target) {
    this.target = (float) target;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    return LossValue.of(TERM, batch.similarities().mean().sub(target).square());
  }
}
