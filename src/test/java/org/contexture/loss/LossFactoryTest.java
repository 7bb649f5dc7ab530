package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossFactoryTest {
  private static final float[] EMBEDDINGS = {1, 0, 0.5f, 1, -1, 0.3f, 0.2f, -1};
  private static final int[] LABELS = {0, 0, 1, 1};

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theTotalIsTheWeightedSumOfTheTerms() {
    Evaluation actual =
        Evaluation.of(
            m -> create(m, LossName.HYBRID, Map.of("k", 2.0)), EMBEDDINGS, shape(), LABELS);
    Map<String, Float> terms = actual.terms();
    assertThat(terms).containsOnlyKeys("contextual", "contrastive", "regulariser");
    assertThat(actual.loss())
        .isCloseTo(
            0.4f * terms.get("contextual")
                + 0.5f * terms.get("contrastive")
                + 0.1f * terms.get("regulariser"),
            within(1e-6f));
  }

  @Test
  void aTermOfNoWeightIsLeftOut() {
    Evaluation actual =
        Evaluation.of(
            m -> create(m, LossName.HYBRID, Map.of("weights.contextual", 0.0)),
            EMBEDDINGS,
            shape(),
            LABELS);
    assertThat(actual.terms()).containsOnlyKeys("contrastive", "regulariser");
  }

  @ParameterizedTest
  @EnumSource(LossName.class)
  void aLossIsKnownToLearnBeforeItIsMade(LossName name) {
    LossConfig own = LossConfig.of(name, Map.of());
    Map<String, Double> none = new TreeMap<>(Map.of("weights.regulariser", 1.0));
    name.options().stream()
        .filter(option -> option.weighed().isPresent())
        .forEach(option -> none.putIfAbsent(option.key(), 0.0));

    assertThat(own.learns())
        .isEqualTo(!LossFactory.create(own, 2, 2, 1, manager).parameters().isEmpty());
    assertThat(LossConfig.of(name, none).learns()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(LossName.class)
  void everyLossCanBeRegularised(LossName name) {
    Map<String, Double> options = Map.of("weights.regulariser", 0.7, "target_similarity", -0.5);
    Evaluation actual = Evaluation.of(m -> create(m, name, options), EMBEDDINGS, shape(), LABELS);
    Evaluation plain =
        Evaluation.of(
            m -> create(m, name, Map.of("weights.regulariser", 0.0)), EMBEDDINGS, shape(), LABELS);
    float regulariser = actual.terms().get("regulariser");
    assertThat(regulariser).isPositive();
    assertThat(actual.loss()).isCloseTo(plain.loss() + 0.7f * regulariser, within(1e-5f));
    assertThat(plain.terms()).doesNotContainKey("regulariser");
    assertThat(actual.parameterGradients().keySet()).isEqualTo(plain.parameterGradients().keySet());
    actual
        .parameterGradients()
        .forEach(
            (parameter, gradient) ->
                assertThat(gradient).isEqualTo(plain.parameterGradients().get(parameter)));
  }

  @Test
  void weightsThatAreAllZeroAreAUsersMistake() {
    Map<String, Double> options =
        Map.of("weights.contextual", 0.0, "weights.contrastive", 0.0, "weights.regulariser", 0.0);
    assertThatThrownBy(() -> create(manager, LossName.HYBRID, options))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("All weights of the loss hybrid are 0")
        .hasMessageContaining("weights.contextual");
  }

  @Test
  void onlyWhatIsWeighedIsComparedInTriples() {
    assertThat(
            Arrays.stream(LossName.values())
                .filter(name -> LossConfig.of(name, Map.of()).comparesTriples()))
        .containsExactly(LossName.ROADMAP, LossName.SMOOTH_AP, LossName.RS_AT_K);
    assertThat(LossConfig.of(LossName.ROADMAP, Map.of("weights.sup_ap", 0.0)).comparesTriples())
        .isFalse();
    assertThat(LossConfig.of(LossName.HYBRID, Map.of("ablation", 5.0)).comparesTriples()).isTrue();
  }

  @Test
  void aFractionOfAnImageIsRefused() {
    assertThatThrownBy(() -> create(manager, LossName.CONTEXTUAL, Map.of("k", 2.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contextual.k is 2.5; allowed is a whole number of 1.0 to 4096.0");
  }

  @Test
  void proxiesAreStandardNormalAndDependOnlyOnTheSeed() {
    Loss loss = LossFactory.create(softmax(), 50, 80, 1, manager);
    NDArray proxies = loss.parameters().get("proxies");
    assertThat(proxies.getShape()).isEqualTo(new Shape(50, 80));
    assertThat(proxies.mean().getFloat()).isCloseTo(0f, within(0.05f));
    assertThat(proxies.square().mean().getFloat()).isCloseTo(1f, within(0.1f));
    float[] same =
        LossFactory.create(softmax(), 50, 80, 1, manager)
            .parameters()
            .get("proxies")
            .toFloatArray();
    float[] other =
        LossFactory.create(softmax(), 50, 80, 2, manager)
            .parameters()
            .get("proxies")
            .toFloatArray();
    assertThat(proxies.toFloatArray()).isEqualTo(same).isNotEqualTo(other);
  }

  @Test
  void proxiesOfProxyAnchorAreAsFarFromZeroAsALinearLayersWeights() {
    LossConfig config = LossConfig.of(LossName.PROXY_ANCHOR, Map.of());
    NDArray proxies = LossFactory.create(config, 50, 80, 1, manager).parameters().get(Proxies.NAME);
    // Four standard deviations of a mean of 4,000 squares.
    assertThat(proxies.square().mean().getFloat() * 50 / 2).isCloseTo(1f, within(0.09f));
  }

  @Test
  void aLabelWithoutAProxyIsRefused() {
    Loss loss = LossFactory.create(softmax(), 1, 2, 0, manager);
    LossBatch batch = LossBatch.of(manager.create(EMBEDDINGS, shape()), LABELS, 0);
    assertThatThrownBy(() -> loss.evaluate(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Label 1");
  }

  @Test
  void everythingThatAnEvaluationMakesGoesWithItsBatch() {
    for (LossName name : LossName.values()) {
      try (NDManager lossManager = manager.newSubManager()) {
        Loss loss = LossFactory.create(LossConfig.of(name, Map.of()), 2, 2, 0, lossManager);
        try (NDManager step = lossManager.newSubManager()) {
          loss.evaluate(LossBatch.of(step.create(EMBEDDINGS, shape()), LABELS, 0));
        }
        assertThat(lossManager.getManagedArrays())
            .as(name.key())
            .hasSameSizeAs(loss.parameters().values());
      }
    }
  }

  @Test
  void aBatchNeedsALabelForEachRow() {
    NDArray embeddings = manager.create(EMBEDDINGS, shape());
    assertThatThrownBy(() -> LossBatch.of(embeddings, new int[] {1}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with 1 labels");
  }

  private static LossConfig softmax() {
    return LossConfig.of(LossName.NORMALIZED_SOFTMAX, Map.of());
  }

  private static Loss create(NDManager manager, LossName name, Map<String, Double> options) {
    return LossFactory.create(LossConfig.of(name, options), 2, 2, 0, manager);
  }

  private static Shape shape() {
    return new Shape(4, 2);
  }
}
