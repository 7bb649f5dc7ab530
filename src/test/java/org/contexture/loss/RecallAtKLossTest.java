package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The loss against its definition in double precision, and finite differences of that. */
class RecallAtKLossTest {
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
  private static final int[] KS = {1, 2, 4};
  private static final int SIZE = LABELS.length;
  private static final int DIMENSIONS = 4;
  private static final double RANK_TEMPERATURE = 0.7;
  private static final double TEMPERATURE = 0.2;

  @Test
  void valueAndGradientAreThoseOfTheDefinition() {
    float[] embeddings = PlainEmbeddings.random(5, SIZE * DIMENSIONS);
    Map<String, Double> options =
        Map.of("largest_k", 5.0, "rank_temperature", RANK_TEMPERATURE, "temperature", TEMPERATURE);

    Evaluation actual =
        Evaluation.of(
            manager ->
                LossFactory.create(LossConfig.of(LossName.RS_AT_K, options), 3, 4, 0, manager),
            embeddings,
            new Shape(SIZE, DIMENSIONS),
            LABELS);

    double[] point = PlainEmbeddings.doubles(embeddings);
    assertThat((double) actual.loss()).isCloseTo(loss(point), within(1e-5));
    double[] gradient = PlainEmbeddings.gradient(RecallAtKLossTest::loss, point);
    for (int i = 0; i < point.length; i++) {
      assertThat((double) actual.gradient()[i])
          .as("gradient %d", i)
          .isCloseTo(gradient[i], within(1e-4));
    }
  }

  private static double loss(double[] point) {
    double[][] cosines = PlainEmbeddings.cosines(point, point, DIMENSIONS);
    double total = 0;
    int queries = 0;
    for (int query = 0; query < SIZE; query++) {
      int positives = positives(query);
      if (positives == 0) {
        continue;
      }
      queries++;
      for (int k : KS) {
        double found = 0;
        for (int j = 0; j < SIZE; j++) {
          if (j != query && LABELS[j] == LABELS[query]) {
            found += logistic((k - rank(cosines[query], query, j)) / RANK_TEMPERATURE);
          }
        }
        total += (1 - found / Math.min(k, positives)) / KS.length;
      }
    }
    return total / queries;
  }

  private static int positives(int query) {
    int count = -1;
    for (int label : LABELS) {
      count += label == LABELS[query] ? 1 : 0;
    }
    return count;
  }

  private static double rank(double[] cosines, int query, int image) {
    double rank = 1;
    for (int other = 0; other < SIZE; other++) {
      if (other != query && other != image) {
        rank += logistic((cosines[other] - cosines[image]) / TEMPERATURE);
      }
    }
    return rank;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
