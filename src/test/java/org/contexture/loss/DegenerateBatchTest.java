package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.model.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that a loss cannot learn from, or that the published code gives NaN for. */
class DegenerateBatchTest {
  private static final int SIZE = 8;
  private static final int DIMENSIONS = 5;

  /** A batch with something the matter. */
  private enum Batch {
    ONE_CLASS(random(), new int[SIZE]),
    SINGLETONS(random(), IntStream.range(0, SIZE).toArray()),
    /** All embeddings are the same. */
    COLLAPSED(constant(0.3f), pairs()),
    /** Fewer images than a neighbourhood has, or than the largest k of a recall. */
    SMALL(Arrays.copyOf(random(), 2 * DIMENSIONS), new int[] {0, 0}),
    A_SINGLE_IMAGE(Arrays.copyOf(random(), DIMENSIONS), new int[] {0}),
    /** Classes as far from each other as they can be, images of one class all the same. */
    NO_ACTIVE_PAIR(opposites(), IntStream.range(0, SIZE).map(i -> i % 2).toArray()),
    /** Embeddings without a direction. */
    ZEROS(constant(0), pairs());

    @SuppressWarnings("ImmutableEnumChecker") // only read
    private final float[] embeddings;

    @SuppressWarnings("ImmutableEnumChecker") // only read
    private final int[] labels;

    Batch(float[] embeddings, int[] labels) {
      this.embeddings = embeddings;
      this.labels = labels;
    }

    private Shape shape() {
      return new Shape(labels.length, DIMENSIONS);
    }
  }

  static Stream<Arguments> lossesAndBatches() {
    return Arrays.stream(LossName.values())
        .flatMap(name -> Arrays.stream(Batch.values()).map(batch -> Arguments.of(name, batch)));
  }

  @ParameterizedTest
  @MethodSource("lossesAndBatches")
  void everyLossIsFinite(LossName name, Batch batch) {
    assertFinite(evaluate(name, batch));
  }

  @ParameterizedTest
  @MethodSource("lossesAndBatches")
  void everyLossHasAGradientPathToTheEmbeddings(LossName name, Batch batch) {
    try (NDManager manager = NDManager.newBaseManager();
        Gradients gradients = Gradients.record()) {
      // Nothing but the embeddings asks for gradients: a loss cut off from them has none to take.
      NDArray embeddings = manager.create(batch.embeddings, batch.shape());
      embeddings.setRequiresGradient(true);
      Loss loss = create(name, Map.of(), manager);
      LossValue value = loss.evaluate(LossBatch.of(embeddings, batch.labels, 0));
      assertThatCode(() -> gradients.backward(value.total())).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TRIPLET",
        "SMOOTH_AP",
        "SOFT_BIN_AP",
        "BLACKBOX_AP",
        "FAST_AP",
        "CIRCLE",
        "NT_XENT",
        "N_PAIRS"
      })
  void withoutNegativesRankingsArePerfect(LossName name) {
    assertThat(loss(name, Batch.ONE_CLASS)).isCloseTo(0, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TRIPLET",
        "SMOOTH_AP",
        "SOFT_BIN_AP",
        "RS_AT_K",
        "BLACKBOX_AP",
        "FAST_AP",
        "CIRCLE",
        "NT_XENT",
        "N_PAIRS"
      })
  void withoutPairsOfAClassRankingsArePerfect(LossName name) {
    assertThat(loss(name, Batch.SINGLETONS)).isCloseTo(0, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTRASTIVE", "TRIPLET", "MULTI_SIMILARITY_MINER"})
  void withoutAnActivePairThereIsNoLoss(LossName name) {
    assertThat(loss(name, Batch.NO_ACTIVE_PAIR)).isZero();
  }

  private static float loss(LossName name, Batch batch) {
    return evaluate(name, batch).loss();
  }

  private static Evaluation evaluate(LossName name, Batch batch) {
    return Evaluation.of(
        manager -> create(name, Map.of(), manager), batch.embeddings, batch.shape(), batch.labels);
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
        manager -> create(name, options, manager), embeddings, new Shape(SIZE, DIMENSIONS), labels);
  }

  private static Loss create(LossName name, Map<String, Double> options, NDManager manager) {
    return LossFactory.create(LossConfig.of(name, options), SIZE, DIMENSIONS, 7, manager);
  }

  private static float[] random() {
    return PlainEmbeddings.random(3, SIZE * DIMENSIONS);
  }

  private static float[] constant(float value) {
    float[] values = new float[SIZE * DIMENSIONS];
    Arrays.fill(values, value);
    return values;
  }

  /** Along one axis, every other image the other way. */
  private static float[] opposites() {
    float[] values = new float[SIZE * DIMENSIONS];
    for (int image = 0; image < SIZE; image++) {
      values[image * DIMENSIONS] = image % 2 == 0 ? 1 : -1;
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
