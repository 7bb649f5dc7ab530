package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoldedNetworkTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  /** A network whose statistics and scales are not those it began with. */
  private EmbeddingNetwork trained(Head head) {
    ModelConfig config = new ModelConfig(Backbone.TINY, head, 16, 32);
    EmbeddingNetwork network =
        EmbeddingNetwork.load(config, Precision.FLOAT32, InitialWeights.random(config, 1), manager);
    network
        .backboneParameters(BatchNormMode.TRAINING)
        .forEach(
            (name, parameter) -> {
              NDArray steps = manager.arange((float) parameter.size());
              parameter.addi(steps.reshape(parameter.getShape()).sin().mul(0.01f));
            });
    network.forward(images(), BatchNormMode.TRAINING);
    return network;
  }

  private NDArray images() {
    return manager.arange(4 * 3 * 32 * 32f).reshape(4, 3, 32, 32).sin();
  }

  @ParameterizedTest
  @EnumSource(Head.class)
  void embedsAsTheNetworkDoesWithItsRunningStatistics(Head head) {
    try (EmbeddingNetwork network = trained(head);
        FoldedNetwork folded = network.folded(manager)) {
      assertThat(folded.embed(images()).toFloatArray())
          .containsExactly(
              network.forward(images(), BatchNormMode.FROZEN).embeddings().toFloatArray(),
              within(1e-5f));
    }
  }

  @Test
  void staysWhatItIsWhenTheNetworkChangesAndIsClosed() {
    EmbeddingNetwork network = trained(Head.AVERAGE_LINEAR);
    try (FoldedNetwork folded = network.folded(manager)) {
      float[] before = folded.embed(images()).toFloatArray();
      network.forward(images(), BatchNormMode.TRAINING);
      network.headParameters().get("remap.bias").addi(1);
      assertThat(folded.embed(images()).toFloatArray()).isEqualTo(before);
      network.close();
      assertThat(folded.embed(images()).toFloatArray()).isEqualTo(before);
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
      NDArray sum = folded.embed(images()).sum();
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
