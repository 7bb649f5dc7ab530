package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that a loss cannot learn from, or that the published code gives NaN for. */
class DegenerateBatchTest {
  private static final int SIZE = 8;
  private static final int DIMENSIONS = 5;

  @ParameterizedTest
  @EnumSource(LossName.class)
  void oneClassIsFinite(LossName name) {
    assertFinite(evaluate(name, Map.of(), random(), new int[SIZE]));
  }

  @ParameterizedTest
  @EnumSource(LossName.class)
  void singletonsAreFinite(LossName name) {
    assertFinite(evaluate(name, Map.of(), random(), IntStream.range(0, SIZE).toArray()));
  }

  @ParameterizedTest
  @EnumSource(LossName.class)
  void collapsedEmbeddingsAreFinite(LossName name) {
    float[] equal = new float[SIZE * DIMENSIONS];
    Arrays.fill(equal, 0.3f);
    assertFinite(evaluate(name, Map.of(), equal, pairs()));
  }

  @ParameterizedTest
  @EnumSource(LossName.class)
  void aSingleImageIsFinite(LossName name) {
    Evaluation actual =
        Evaluation.of(
            manager -> LossFactory.create(LossConfig.of(name, Map.of()), 1, 2, 0, manager),
            new float[] {1, 2},
            new Shape(1, 2),
            new int[] {0});
    assertFinite(actual);
  }

  @Test
  void aNeighbourhoodLargerThanTheBatchIsTheBatch() {
    Map<String, Double> larger = Map.of("k", 100.0);
    Map<String, Double> equal = Map.of("k", (double) SIZE);
    Evaluation actual = evaluate(LossName.CONTEXTUAL, larger, random(), pairs());
    assertThat(actual.loss())
        .isEqualTo(evaluate(LossName.CONTEXTUAL, equal, random(), pairs()).loss());
    // Everyone is a neighbour and there are no strangers: each similarity is 1/2.
    assertThat(actual.loss()).isCloseTo(0.25f * (SIZE - 1) / SIZE, within(1e-6f));
    assertFinite(actual);
  }

  @Test
  void aNeighbourhoodOfOneIsFinite() {
    assertFinite(evaluate(LossName.CONTEXTUAL, Map.of("k", 1.0, "eps", 0.0), random(), pairs()));
  }

  @Test
  void someCoveringNeighbourhoodsAreFinite() {
    // One image near all others, which are far from each other: its neighbourhood is the batch.
    float[] embeddings = new float[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      embeddings[i * SIZE + i] = 1;
      embeddings[i] += 1;
    }
    Evaluation actual =
        Evaluation.of(
            manager -> new ContextualLoss(2, 0.05, 0), embeddings, new Shape(SIZE, SIZE), pairs());
    assertFinite(actual);
    assertThat(actual.gradient()).isNotEqualTo(new float[SIZE * SIZE]);
  }

  @Test
  void noViolatedMarginIsALossOfZeroThatGradientsCanBeTakenOf() {
    float[] embeddings = new float[SIZE * SIZE];
    int[] labels = pairs();
    for (int i = 0; i < SIZE; i++) {
      embeddings[i * SIZE + labels[i]] = 1 + i;
    }
    Evaluation actual =
        Evaluation.of(
            manager -> new ContrastiveLoss(1, 0.6), embeddings, new Shape(SIZE, SIZE), labels);
    assertThat(actual.loss()).isZero();
    assertThat(actual.gradient()).containsOnly(0f);
  }

  private static Evaluation evaluate(
      LossName name, Map<String, Double> options, float[] embeddings, int[] labels) {
    return Evaluation.of(
        manager -> LossFactory.create(LossConfig.of(name, options), SIZE, DIMENSIONS, 7, manager),
        embeddings,
        new Shape(SIZE, DIMENSIONS),
        labels);
  }

  private static float[] random() {
    Random random = new Random(3);
    float[] values = new float[SIZE * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] pairs() {
    return IntStream.range(0, SIZE).map(i -> i / 2).toArray();
  }

  private static void assertFinite(Evaluation actual) {
    Closeness.assertFinite("loss", new float[] {actual.loss()});
    Closeness.assertFinite("gradient", actual.gradient());
    actual.parameterGradients().forEach(Closeness::assertFinite);
  }
}
