package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loss against equation 6 of its paper in double precision, and finite differences of that. */
class CircleLossTest {
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
  private static final int SIZE = LABELS.length;
  private static final int DIMENSIONS = 4;
  private static final double MARGIN = 0.4;
  private static final double SCALE = 8;
  private static final double STEP = 1e-5;

  @Test
  void valueAndGradientAreThoseOfThePaper() {
    Random random = new Random(5);
    float[] embeddings = new float[SIZE * DIMENSIONS];
    double[] point = new double[embeddings.length];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[i] = (float) random.nextGaussian();
      point[i] = embeddings[i];
    }

    Evaluation actual =
        Evaluation.of(
            manager -> new CircleLoss(MARGIN, SCALE),
            embeddings,
            new Shape(SIZE, DIMENSIONS),
            LABELS);

    double[][] weighing = cosines(point);
    assertThat((double) actual.loss()).isCloseTo(loss(point, weighing), within(1e-5));
    for (int i = 0; i < point.length; i++) {
      double slope =
          (loss(moved(point, i, STEP), weighing) - loss(moved(point, i, -STEP), weighing))
              / (2 * STEP);
      assertThat((double) actual.gradient()[i]).as("gradient %d", i).isCloseTo(slope, within(1e-4));
    }
  }

  private static double[] moved(double[] point, int where, double by) {
    double[] moved = point.clone();
    moved[where] += by;
    return moved;
  }

  /** Weighs by the similarities of another point: the paper takes no gradient of the weights. */
  private static double loss(double[] point, double[][] weighing) {
    double[][] cosines = cosines(point);
    double total = 0;
    for (int i = 0; i < SIZE; i++) {
      double lack = 0;
      double excess = 0;
      for (int j = 0; j < SIZE; j++) {
        double s = cosines[i][j];
        if (LABELS[i] != LABELS[j]) {
          excess += Math.exp(SCALE * Math.max(0, weighing[i][j] + MARGIN) * (s - MARGIN));
        } else if (i != j) {
          double weight = Math.max(0, 1 + MARGIN - weighing[i][j]);
          lack += Math.exp(-SCALE * weight * (s - (1 - MARGIN)));
        }
      }
      total += Math.log(1 + lack * excess);
    }
    return total / SIZE;
  }

  private static double[][] cosines(double[] point) {
    double[][] cosines = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        cosines[i][j] = dot(point, i, j) / Math.sqrt(dot(point, i, i) * dot(point, j, j));
      }
    }
    return cosines;
  }

  private static double dot(double[] point, int i, int j) {
    double dot = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      dot += point[i * DIMENSIONS + d] * point[j * DIMENSIONS + d];
    }
    return dot;
  }
}
