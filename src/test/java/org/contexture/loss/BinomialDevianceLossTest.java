package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** The loss of docs/write-a-loss.md against its formula, in double precision. */
class BinomialDevianceLossTest {
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
  private static final int DIMENSIONS = 4;
  private static final double MARGIN = 0.5;
  private static final double SHARPNESS = 4;

  @Test
  void valueAndGradientAreThoseOfTheFormula() {
    float[] embeddings = PlainEmbeddings.random(7, LABELS.length * DIMENSIONS);

    Evaluation actual = evaluate(embeddings, LABELS);

    double[] point = PlainEmbeddings.doubles(embeddings);
    assertThat((double) actual.loss()).isCloseTo(loss(point), within(1e-5));
    double[] gradient = PlainEmbeddings.gradient(BinomialDevianceLossTest::loss, point);
    for (int i = 0; i < point.length; i++) {
      assertThat((double) actual.gradient()[i])
          .as("gradient %d", i)
          .isCloseTo(gradient[i], within(1e-4));
    }
  }

  @Test
  void aBatchWithoutPairsOfAKindIsFinite() {
    float[] embeddings = PlainEmbeddings.random(7, LABELS.length * DIMENSIONS);

    for (int[] labels : new int[][] {{0, 0, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5}}) {
      Evaluation actual = evaluate(embeddings, labels);
      assertThat(actual.loss()).isFinite().isPositive();
      assertThat(PlainEmbeddings.doubles(actual.gradient())).doesNotContain(Double.NaN);
    }
  }

  private static Evaluation evaluate(float[] embeddings, int[] labels) {
    return Evaluation.of(
        manager -> new BinomialDevianceLoss(MARGIN, SHARPNESS),
        embeddings,
        new Shape(labels.length, DIMENSIONS),
        labels);
  }

  private static double loss(double[] point) {
    double[][] cosines = PlainEmbeddings.cosines(point, point, DIMENSIONS);
    double lack = 0;
    double excess = 0;
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < LABELS.length; i++) {
      for (int j = 0; j < LABELS.length; j++) {
        double beyond = SHARPNESS * (cosines[i][j] - MARGIN);
        if (LABELS[i] != LABELS[j]) {
          excess += Math.log1p(Math.exp(beyond));
          negatives++;
        } else if (i != j) {
          lack += Math.log1p(Math.exp(-beyond));
          positives++;
        }
      }
    }
    return lack / positives + excess / negatives;
  }
}
