package org.contexture.space;

import java.util.ArrayList;
import java.util.List;
import org.contexture.retrieval.EmbeddingTile;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/** The plane in which the embeddings spread most, and where they lie in it (PCA). */
public final class PrincipalComponents {
  private PrincipalComponents() {}

  /**
   * The first two principal components of each image, in the order of the rows. A direction points
   * to where its largest component is positive, so that a map does not flip by chance.
   */
  public static List<PlanePoint> of(EmbeddingTile images) {
    if (images.size() == 0) {
      return List.of();
    }
    double[] mean = SecondMoments.mean(images);
    EigenDecompositionSymmetric moments = SecondMoments.about(mean, images);
    double[] first = direction(moments, 0, images.dimensions());
    double[] second = direction(moments, 1, images.dimensions());
    List<PlanePoint> points = new ArrayList<>();
    for (int row = 0; row < images.size(); row++) {
      points.add(new PlanePoint(along(first, images, row, mean), along(second, images, row, mean)));
    }
    return points;
  }

  private static double[] direction(
      EigenDecompositionSymmetric moments, int number, int dimensions) {
    if (number >= dimensions) {
      return new double[dimensions];
    }
    double[] direction = moments.getEigenvector(number).toArray();
    double largest = 0;
    for (double component : direction) {
      if (Math.abs(component) > Math.abs(largest)) {
        largest = component;
      }
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= Math.signum(largest);
    }
    return direction;
  }

  private static double along(double[] direction, EmbeddingTile images, int row, double[] mean) {
    double sum = 0;
    for (int i = 0; i < direction.length; i++) {
      sum += direction[i] * (images.component(row, i) - mean[i]);
    }
    return sum;
  }
}
