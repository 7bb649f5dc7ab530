package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingNetworkTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, 32);

  private NDManager manager;
  private EmbeddingNetwork network;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
    network = random(TINY, Precision.FLOAT32, 1);
  }

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  private EmbeddingNetwork random(ModelConfig config, Precision precision, long seed) {
    return EmbeddingNetwork.random(config, precision, seed, manager);
  }

  private NDArray embed(EmbeddingNetwork network, NDArray images) {
    try (FoldedNetwork folded = network.folded(manager)) {
      return folded.embed(images);
    }
  }

  private NDArray images(NDManager owner) {
    return owner.arange(4 * 3 * 32 * 32f).reshape(4, 3, 32, 32).sin();
  }

  @Test
  void embedsAsRowsOfLengthOne() {
    NDArray embeddings = embed(network, images(manager));
    assertThat(embeddings.getShape()).isEqualTo(new Shape(4, 16));
    for (float length : embeddings.norm(new int[] {1}).toFloatArray()) {
      assertThat(length).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void everyHeadFitsItsBackbone() {
    for (Head head : Head.values()) {
      ModelConfig config = new ModelConfig(Backbone.TINY, head, 16, 50);
      try (EmbeddingNetwork other = random(config, Precision.FLOAT32, 1)) {
        NDArray embeddings = embed(other, manager.ones(new Shape(2, 3, 50, 50)));
        assertThat(embeddings.getShape()).as(head.key()).isEqualTo(new Shape(2, 16));
      }
    }
  }

  @Test
  void weightsComeBackByteForByte() {
    assertThat(network.weights()).isEqualTo(InitialWeights.random(TINY, 1));
    try (EmbeddingNetwork again =
        EmbeddingNetwork.load(
            TINY, Precision.FLOAT32, ByteBuffer.wrap(network.weights()), manager)) {
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

  static Stream<Arguments> narrowNetworks() {
    return Arrays.stream(Head.values())
        .flatMap(
            head ->
                Stream.of(
                    Arguments.of(head, Precision.BFLOAT16, 1.0),
                    Arguments.of(head, Precision.FLOAT16, 0.3)));
  }

  /**
   * Networks in a narrower type.
   *
   * @param rounding how far it may be, in units of what bfloat16 may
   */
  @ParameterizedTest
  @MethodSource("narrowNetworks")
  void aNarrowNetworkIsNearFloat32WithItsGradients(
      Head head, Precision precision, double rounding) {
    ModelConfig config = new ModelConfig(Backbone.TINY, head, 16, 32);
    try (EmbeddingNetwork wide = random(config, Precision.FLOAT32, 1);
        EmbeddingNetwork narrow = random(config, precision, 1)) {
      NDArray embeddings = embed(narrow, waves());
      assertThat(embeddings.getDataType()).isEqualTo(DataType.FLOAT32);
      assertNear(named(embeddings), named(embed(wide, waves())), 0.02 * rounding);
      // A network that has learned nothing divides by small deviations where it measures them
      // itself: PyTorch's autocast to bfloat16 is 0.8 from its own float32 there, and 0.07
      // elsewhere; float16 is 0.13 from it there.
      for (BatchNormMode mode : BatchNormMode.values()) {
        double most = mode == BatchNormMode.TRAINING ? 0.6 : 0.2 * rounding;
        assertNear(gradients(narrow, mode), gradients(wide, mode), most);
      }
      assertNear(narrow.state(), wide.state(), 0.02 * rounding);
    }
  }

  /**
   * In bfloat16, and to embed with, convolutions of maps up to 4×4 lie beside each other: every
   * side that they halve, even and odd, down to one number.
   */
  @ParameterizedTest
  @ValueSource(ints = {16, 40, 56, 72, 104})
  void mapsThatLieBesideEachOtherGiveWhatEachGivesAlone(int size) {
    ModelConfig config = new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, size);
    try (EmbeddingNetwork wide = random(config, Precision.FLOAT32, 1);
        EmbeddingNetwork narrow = random(config, Precision.BFLOAT16, 1)) {
      NDArray noise = manager.randomNormal(new Shape(50, 3, size, size));
      SortedMap<String, NDArray> alone = named(frozen(wide, noise));
      assertNear(named(embed(wide, noise)), alone, 1e-5);
      assertNear(named(embed(narrow, noise)), alone, 0.02);
      assertNear(named(frozen(narrow, noise)), alone, 0.02);
    }
  }

  private static NDArray frozen(EmbeddingNetwork network, NDArray images) {
    return network.forward(images, BatchNormMode.FROZEN).embeddings();
  }

  private static SortedMap<String, NDArray> named(NDArray embeddings) {
    return new TreeMap<>(Map.of("embeddings", embeddings));
  }

  /** Sixteen waves, each with its own direction, length and colour. */
  private NDArray waves() {
    SplittableRandom random = new SplittableRandom(5);
    float[] pixels = new float[16 * 3 * 32 * 32];
    for (int plane = 0; plane < 16 * 3; plane++) {
      double across = random.nextDouble();
      double down = random.nextDouble();
      double height = 2 * random.nextDouble();
      double mean = 2 * random.nextDouble() - 1;
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          pixels[(plane * 32 + y) * 32 + x] =
              (float) (mean + height * Math.sin(x * across + y * down));
        }
      }
    }
    return manager.create(pixels, new Shape(16, 3, 32, 32));
  }

  private SortedMap<String, NDArray> gradients(EmbeddingNetwork of, BatchNormMode mode) {
    try (Gradients gradients = Gradients.record()) {
      ForwardPass pass = of.forward(waves(), mode);
      gradients.backward(pass.embeddings().get("0:4, 0").sum());
      return pass.gradients();
    }
  }

  /**
   * Near each other, and not the same: bfloat16 keeps two to three decimal digits, float16 three.
   */
  private static void assertNear(
      SortedMap<String, NDArray> actual, SortedMap<String, NDArray> expected, double most) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    double error = 0;
    double length = 0;
    for (String name : expected.keySet()) {
      NDArray wide = expected.get(name);
      assertThat(actual.get(name).getDataType()).as(name).isEqualTo(wide.getDataType());
      if (wide.getDataType() == DataType.FLOAT32) {
        error += Math.pow(actual.get(name).sub(wide).norm().getFloat(), 2);
        length += Math.pow(wide.norm().getFloat(), 2);
      }
    }
    assertThat(Math.sqrt(error / length)).isBetween(1e-7, most);
  }

  @Test
  void averagesTensorByTensor() {
    try (EmbeddingNetwork other = random(TINY, Precision.FLOAT32, 2)) {
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
    assertThatThrownBy(
            () -> network.forward(manager.zeros(new Shape(1, 3, 64, 64)), BatchNormMode.FROZEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images are float32(1, 3, 64, 64); expected float32(N, 3, 32, 32)");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    ModelConfig other = new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 8, 32);
    ByteBuffer weights = ByteBuffer.wrap(InitialWeights.random(other, 1));
    assertThatThrownBy(() -> EmbeddingNetwork.load(TINY, Precision.FLOAT32, weights, manager))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("remap.weight (expected F32[16, 256], found F32[8, 256])");
  }
}
