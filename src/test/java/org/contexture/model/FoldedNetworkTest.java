package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedNetworkTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  /** A network whose statistics and scales are not those it began with. */
  private EmbeddingNetwork trained(Head head) {
    return trained(head, Precision.FLOAT32);
  }

  private EmbeddingNetwork trained(Head head, Precision precision) {
    ModelConfig config = new ModelConfig(Backbone.TINY, head, 16, 32);
    EmbeddingNetwork network = EmbeddingNetwork.random(config, precision, 1, manager);
    network
        .backboneParameters(BatchNormMode.TRAINING)
        .forEach(
            (name, parameter) -> {
              NDArray steps = manager.arange((float) parameter.size());
              parameter.addi(steps.reshape(parameter.getShape()).sin().mul(0.01f));
            });
    network.forward(images(4), BatchNormMode.TRAINING);
    return network;
  }

  private NDArray images(int count) {
    return manager.arange(count * 3 * 32 * 32f).mul(0.7f).sin().reshape(count, 3, 32, 32);
  }

  private float[] frozen(EmbeddingNetwork network, NDArray images) {
    return network.forward(images, BatchNormMode.FROZEN).embeddings().toFloatArray();
  }

  @ParameterizedTest
  @EnumSource(Head.class)
  void embedsAsTheNetworkDoesWithItsRunningStatistics(Head head) {
    try (EmbeddingNetwork network = trained(head);
        FoldedNetwork folded = network.folded(manager)) {
      assertThat(folded.embed(images(4)).toFloatArray())
          .containsExactly(frozen(network, images(4)), within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void embedsAsTheNetworkDoesInEveryPrecision(Precision precision) {
    float rounding = precision == Precision.FLOAT32 ? 1e-5f : 0.03f;
    try (EmbeddingNetwork network = trained(Head.PYRAMID_LINEAR, precision);
        FoldedNetwork folded = network.folded(manager)) {
      assertThat(folded.embed(images(4)).toFloatArray())
          .containsExactly(frozen(network, images(4)), within(rounding));
    }
  }

  /** Batches below and above those whose narrow maps lie side by side. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 20, 50})
  void embedsAsTheNetworkDoesInBatchesOfAnySize(int count) {
    try (EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
        FoldedNetwork folded = network.folded(manager)) {
      assertThat(folded.embed(images(count)).toFloatArray())
          .containsExactly(frozen(network, images(count)), within(1e-5f));
    }
  }

  @Test
  void embedsOnSeveralThreadsAtOnce() {
    try (EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
        FoldedNetwork folded = network.folded(manager)) {
      float[] pixels = images(4).toFloatArray();
      float[] alone = folded.embed(images(4)).toFloatArray();
      assertThat(IntStream.range(0, 32).parallel().mapToObj(i -> embedded(folded, pixels)))
          .allSatisfy(together -> assertThat(together).containsExactly(alone, within(1e-6f)));
    }
  }

  private static float[] embedded(FoldedNetwork folded, float[] pixels) {
    try (NDManager own = NDManager.newBaseManager("PyTorch")) {
      return folded.embed(own.create(pixels, new Shape(4, 3, 32, 32))).toFloatArray();
    }
  }

  @Test
  void staysWhatItIsWhenTheNetworkChangesAndIsClosed() {
    EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
    try (FoldedNetwork folded = network.folded(manager)) {
      float[] before = folded.embed(images(4)).toFloatArray();
      network.forward(images(4), BatchNormMode.TRAINING);
      network.headParameters().get("remap.bias").addi(1);
      assertThat(folded.embed(images(4)).toFloatArray()).isEqualTo(before);
      network.close();
      assertThat(folded.embed(images(4)).toFloatArray()).isEqualTo(before);
    }
  }

  @Test
  void leavesNothingInTheNetworkBehind() {
    try (EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR)) {
      byte[] weights = network.weights();
      int arrays = manager.getManagedArrays().size();
      network.folded(manager).close();
      assertThat(manager.getManagedArrays()).hasSize(arrays);
      assertThat(network.weights()).isEqualTo(weights);
    }
  }

  @Test
  void recordsNothingForGradients() {
    try (EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
        FoldedNetwork folded = network.folded(manager);
        Gradients gradients = Gradients.record()) {
      NDArray sum = folded.embed(images(4)).sum();
      assertThatThrownBy(() -> gradients.backward(sum))
          .hasMessageContaining("does not require grad");
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    try (EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
        FoldedNetwork folded = network.folded(manager)) {
      assertThatThrownBy(() -> folded.embed(manager.zeros(new Shape(1, 3, 64, 64))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("images are float32(1, 3, 64, 64); expected float32(N, 3, 32, 32)");
    }
  }
}
