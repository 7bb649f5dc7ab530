package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The loss against its definition in double precision. Its value is constant but for jumps, so its
 * gradient is not that of the value: it has to be the difference of ranks that the paper puts in
 * its place, passed on to the embeddings through the cosines, which are differentiated by finite
 * differences.
 */
class BlackboxApLossTest {
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
  private static final int SIZE = LABELS.length;
  private static final int DIMENSIONS = 4;
  private static final double INTERPOLATION = 2;
  private static final double MARGIN = 0.1;

  @Test
  void valueAndGradientAreThoseOfTheDefinition() {
    float[] embeddings = PlainEmbeddings.random(5, SIZE * DIMENSIONS);
    double[] point = PlainEmbeddings.doubles(embeddings);
    double[][] cosines = PlainEmbeddings.cosines(point, point, DIMENSIONS);
    double value = 0;
    double[][] ofCosines = new double[SIZE][];
    for (int query = 0; query < SIZE; query++) {
      Query ranked = new Query(query, cosines[query]);
      value += (1 - ranked.averagePrecision()) / SIZE;
      ofCosines[query] = ranked.gradient();
    }

    Evaluation actual =
        Evaluation.of(BlackboxApLossTest::create, embeddings, new Shape(SIZE, DIMENSIONS), LABELS);

    assertThat((double) actual.loss()).isCloseTo(value, within(1e-6)).isPositive();
    double[] gradient =
        PlainEmbeddings.gradient(
            moved -> product(ofCosines, PlainEmbeddings.cosines(moved, moved, DIMENSIONS)), point);
    assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
    for (int i = 0; i < point.length; i++) {
      assertThat((double) actual.gradient()[i])
          .as("gradient %d", i)
          .isCloseTo(gradient[i], within(1e-5));
    }
  }

  @Test
  void aPerfectRankingIsALossOfZeroWithoutAGradient() {
    float[] embeddings = {1, 0, 1, 0.01f, 0, 1, 0.01f, 1};

    Evaluation actual =
        Evaluation.of(
            BlackboxApLossTest::create, embeddings, new Shape(4, 2), new int[] {0, 0, 1, 1});

    assertThat(actual.loss()).isZero();
    assertThat(actual.gradient()).containsOnly(0f);
  }

  private static Loss create(NDManager manager) {
    Map<String, Double> options = Map.of("interpolation", INTERPOLATION, "margin", MARGIN);
    return LossFactory.create(LossConfig.of(LossName.BLACKBOX_AP, options), 3, 4, 0, manager);
  }

  private static double product(double[][] left, double[][] right) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        sum += left[i][j] * right[i][j];
      }
    }
    return sum;
  }

  /** One image searched for among all. */
  private static final class Query {
    private final boolean[] positives = new boolean[SIZE];
    private final double[] scores = new double[SIZE];
    private int count;

    Query(int query, double[] cosines) {
      for (int j = 0; j < SIZE; j++) {
        positives[j] = LABELS[j] == LABELS[query];
        scores[j] = cosines[j] - (positives[j] ? MARGIN / 2 : -MARGIN / 2);
        count += positives[j] ? 1 : 0;
      }
    }

    double averagePrecision() {
      double sum = 0;
      for (int j = 0; j < SIZE; j++) {
        sum += positives[j] ? rankAmongPositives(j) / rank(scores, j) / count : 0;
      }
      return sum;
    }

    /** -(rank(y) - rank(y + λ dL/drank)) / λ, ranks from 1/N to 1. */
    double[] gradient() {
      double[] moved = scores.clone();
      for (int j = 0; j < SIZE; j++) {
        double rank = rank(scores, j) / SIZE;
        double share = rankAmongPositives(j) / SIZE / (rank * rank) / count / SIZE;
        moved[j] += positives[j] ? INTERPOLATION * share : 0;
      }
      double[] gradient = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        gradient[j] = (rank(moved, j) - rank(scores, j)) / SIZE / INTERPOLATION;
      }
      return gradient;
    }

    private static double rank(double[] scores, int image) {
      return 1 + Arrays.stream(scores).filter(score -> score > scores[image]).count();
    }

    private double rankAmongPositives(int image) {
      double rank = 1;
      for (int j = 0; j < SIZE; j++) {
        rank += positives[j] && scores[j] > scores[image] ? 1 : 0;
      }
      return rank;
    }
  }
}
