package org.contexture.space;

import org.contexture.retrieval.EmbeddingTile;

/**
 * How many dimensions the embeddings really use: the exponential of the entropy of their singular
 * values, from 1 where all lie on one line to the number of dimensions where they use all of them
 * alike (Roy, Vetterli: The effective rank, EUSIPCO 2007; Garrido et al.: RankMe, ICML 2023,
 * without its ε). The vectors are not centred.
 */
public final class EffectiveRank {
  private EffectiveRank() {}

  /** Of the images of a tile, at least one. */
  public static double of(EmbeddingTile images) {
    double[] eigenvalues =
        SecondMoments.about(new double[images.dimensions()], images).getEigenvalues();
    double total = 0;
    for (double eigenvalue : eigenvalues) {
      total += singular(eigenvalue);
    }
    double entropy = 0;
    for (double eigenvalue : eigenvalues) {
      double share = singular(eigenvalue) / total;
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return StrictMath.exp(entropy);
  }

  /** An eigenvalue of a rank too low can be a little below 0. */
  private static double singular(double eigenvalue) {
    return Math.sqrt(Math.max(0, eigenvalue));
  }
}
