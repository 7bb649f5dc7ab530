package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddingNetworkTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, 32);

  private NDManager manager;
  private EmbeddingNetwork network;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
    network = EmbeddingNetwork.create(TINY, 1, manager);
  }

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  private NDArray images(NDManager owner) {
    return owner.arange(4 * 3 * 32 * 32f).reshape(4, 3, 32, 32).sin();
  }

  @Test
  void embedsAsRowsOfLengthOne() {
    NDArray embeddings = network.embed(images(manager));
    assertThat(embeddings.getShape()).isEqualTo(new Shape(4, 16));
    for (float length : embeddings.norm(new int[] {1}).toFloatArray()) {
      assertThat(length).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void everyHeadFitsItsBackbone() {
    for (Head head : Head.values()) {
      ModelConfig config = new ModelConfig(Backbone.TINY, head, 16, 50);
      try (EmbeddingNetwork other = EmbeddingNetwork.create(config, 1, manager)) {
        NDArray embeddings = other.embed(manager.ones(new Shape(2, 3, 50, 50)));
        assertThat(embeddings.getShape()).as(head.key()).isEqualTo(new Shape(2, 16));
      }
    }
  }

  @Test
  void weightsComeBackByteForByte() {
    assertThat(network.weights()).isEqualTo(InitialWeights.random(TINY, 1));
    try (EmbeddingNetwork again = EmbeddingNetwork.load(TINY, network.weights(), manager)) {
      assertThat(again.weights()).isEqualTo(network.weights());
    }
  }

  @Test
  void trainingModeMovesTheRunningStatisticsAndCountsBatches() {
    byte[] before = network.weights();
    network.forward(images(manager), BatchNormMode.FROZEN_STATISTICS);
    assertThat(network.weights()).isEqualTo(before);
    network.forward(images(manager), BatchNormMode.TRAINING);
    SortedMap<String, TensorData> after = Safetensors.parse(network.weights(), "test").tensors();
    assertThat(after.get("backbone.bn1.num_batches_tracked").longs()).containsExactly(1);
    assertThat(after.get("backbone.bn1.running_mean").floats()).doesNotContain(0);
    assertThat(after.get("backbone.bn1.weight").floats()).containsOnly(1);
  }

  @Test
  void modesSayWhichParametersTrain() {
    for (BatchNormMode mode : BatchNormMode.values()) {
      SortedMap<String, NDArray> parameters = new TreeMap<>(network.backboneParameters(mode));
      parameters.putAll(network.headParameters());
      try (Gradients gradients = Gradients.record()) {
        ForwardPass pass = network.forward(images(manager), mode);
        gradients.backward(pass.embeddings().get(":, 0").sum());
        assertThat(pass.gradients().keySet()).as(mode.key()).isEqualTo(parameters.keySet());
      }
      assertThat(parameters.containsKey("backbone.bn1.weight"))
          .isEqualTo(mode != BatchNormMode.FROZEN);
      assertThat(parameters).doesNotContainKey("backbone.bn1.running_mean");
    }
  }

  @Test
  void stepsLeaveNothingBehind() {
    int before = manager.getManagedArrays().size();
    for (int step = 0; step < 3; step++) {
      try (NDManager owner = manager.newSubManager();
          Gradients gradients = Gradients.record()) {
        ForwardPass pass = network.forward(images(owner), BatchNormMode.TRAINING);
        gradients.backward(pass.embeddings().get(":, 0").sum());
        pass.gradients();
      }
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(network.state().values()).noneMatch(NDArray::hasGradient);
  }

  @Test
  void embeddingRecordsNothingWhereverItRuns() {
    Gradients gradients = Gradients.record();
    NDArray sum = network.embed(images(manager)).sum();
    assertThatThrownBy(() -> gradients.backward(sum)).hasMessageContaining("does not require grad");
    gradients.close();
  }

  @Test
  void averagesTensorByTensor() {
    try (EmbeddingNetwork other = EmbeddingNetwork.create(TINY, 2, manager)) {
      other.forward(images(manager), BatchNormMode.TRAINING);
      float own = network.state().get("remap.bias").getFloat(3);
      float others = other.state().get("remap.bias").getFloat(3);
      network.average(other, 0.75);
      assertThat(network.state().get("remap.bias").getFloat(3))
          .isCloseTo(0.75f * own + 0.25f * others, within(1e-7f));
      network.average(other, 0);
      assertThat(network.weights()).isEqualTo(other.weights());
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    assertThatThrownBy(() -> network.embed(manager.zeros(new Shape(1, 3, 64, 64))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images are float32(1, 3, 64, 64); expected float32(N, 3, 32, 32)");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    ModelConfig other = new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 8, 32);
    byte[] weights = InitialWeights.random(other, 1);
    assertThatThrownBy(() -> EmbeddingNetwork.load(TINY, weights, manager))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("remap.weight (expected F32[16, 256], found F32[8, 256])");
  }
}
