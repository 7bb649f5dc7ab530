package org.contexture.space;

import org.contexture.retrieval.EmbeddingTile;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/** The directions in which vectors spread. */
final class SecondMoments {
  private SecondMoments() {}

  /** The mean of the vectors, at least one. */
  static double[] mean(EmbeddingTile images) {
    double[] mean = new double[images.dimensions()];
    for (int row = 0; row < images.size(); row++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += images.component(row, i);
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= images.size();
    }
    return mean;
  }

  /**
   * The eigenvalues, descending, and eigenvectors of Σ (x − centre)(x − centre)ᵀ over the vectors
   * x.
   */
  static EigenDecompositionSymmetric about(double[] centre, EmbeddingTile images) {
    int dimensions = images.dimensions();
    double[][] sums = new double[dimensions][dimensions];
    double[] vector = new double[dimensions];
    for (int row = 0; row < images.size(); row++) {
      for (int i = 0; i < dimensions; i++) {
        vector[i] = images.component(row, i) - centre[i];
      }
      for (int i = 0; i < dimensions; i++) {
        addMultiple(sums[i], vector[i], vector);
      }
    }
    return new EigenDecompositionSymmetric(new Array2DRowRealMatrix(sums, false));
  }

  private static void addMultiple(double[] sums, double factor, double[] vector) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * vector[i];
    }
  }
}
