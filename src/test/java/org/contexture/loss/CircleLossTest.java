package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The loss against equation 6 of its paper in double precision, and finite differences of that. */
class CircleLossTest {
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
  private static final int SIZE = LABELS.length;
  private static final int DIMENSIONS = 4;
  private static final double MARGIN = 0.3;
  private static final double SCALE = 8;

  @Test
  void valueAndGradientAreThoseOfThePaper() {
    float[] embeddings = PlainEmbeddings.random(5, SIZE * DIMENSIONS);

    Evaluation actual =
        Evaluation.of(
            manager ->
                LossFactory.create(
                    LossConfig.of(LossName.CIRCLE, Map.of("margin", MARGIN, "scale", SCALE)),
                    3,
                    DIMENSIONS,
                    0,
                    manager),
            embeddings,
            new Shape(SIZE, DIMENSIONS),
            LABELS);

    double[] point = PlainEmbeddings.doubles(embeddings);
    double[][] weighing = cosines(point);
    assertThat((double) actual.loss()).isCloseTo(loss(point, weighing), within(1e-5));
    double[] gradient = PlainEmbeddings.gradient(moved -> loss(moved, weighing), point);
    for (int i = 0; i < point.length; i++) {
      assertThat((double) actual.gradient()[i])
          .as("gradient %d", i)
          .isCloseTo(gradient[i], within(1e-4));
    }
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
    return PlainEmbeddings.cosines(point, point, DIMENSIONS);
  }
}
