package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;
import org.contexture.model.NetworkDefinition.MemoryFormat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Embeddings, gradients and running statistics equal those of the reference's networks. */
class NetworkGoldenTest {
  private static final Map<String, Head> HEADS =
      Map.of(
          "CUB_Network", Head.MAX_NORM_LINEAR,
          "SOP_Network", Head.AVERAGE_LINEAR,
          "track224_gem_bnfreeze", Head.GEM_LINEAR,
          "track224_avgmax_bnfreeze", Head.AVERAGE_MAX_LINEAR);
  private static final Map<String, BatchNormMode> MODES =
      Map.of(
          "frozen256", BatchNormMode.FROZEN_STATISTICS,
          "frozen224", BatchNormMode.FROZEN,
          "bn_train", BatchNormMode.TRAINING);
  private static final double EVALUATION_TOLERANCE = 2e-5;
  private static final double SMALLEST_TOLERANCE = 1e-4;
  private static final double TRAINING_TOLERANCE = 1e-3;
  private static final int NUDGES = 8;
  private static final double NUDGE = 1e-6;

  /** How many tolerances gradients may be away when activations are on the other side of zero. */
  private static final double JUMP = 100;

  private final GoldenFiles files = GoldenFiles.folder("network");
  private final JsonNode manifest = files.json("manifest.json");
  private final GoldenTensors tensors = new GoldenTensors(manifest.get("seed").asInt());

  @Test
  void inputsAreThoseOfTheReference() {
    float[] expected = files.npz("input_check.npz").floats("x_first_row");
    assertThat(tensors.images(expected.length)).containsExactly(expected);
  }

  @TestFactory
  Stream<DynamicTest> statesHaveTheNamesAndShapesOfTorchvision() {
    return cases().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.prefix(), () -> checkState(golden)));
  }

  @TestFactory
  Stream<DynamicTest> embeddingsAndGradientsMatchTheReference() {
    return cases().stream()
        .flatMap(
            golden ->
                Arrays.stream(MemoryFormat.values())
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                golden.prefix() + " " + format, () -> check(golden, format))));
  }

  @TestFactory
  Stream<DynamicTest> pooledFeaturesPointWhereTheReferencesDo() {
    return cases().stream()
        .flatMap(
            golden ->
                Arrays.stream(Pool.values())
                    .filter(
                        pool ->
                            files
                                .npz(golden.network() + ".npz")
                                .has("%s.%s".formatted(golden.headName(), pool.array)))
                    .map(
                        pool ->
                            DynamicTest.dynamicTest(
                                golden.prefix() + " " + pool.array,
                                () -> checkPool(golden, pool))));
  }

  /** Pooled features, which a head gives as unit vectors when its linear layer changes nothing. */
  private enum Pool {
    AVERAGE("pool_avg", Head.AVERAGE_LINEAR),
    MAXIMUM("pool_max", Head.MAX_NORM_LINEAR),
    GENERALISED_MEAN("pool_gem", Head.GEM_LINEAR);

    private final String array;
    private final Head head;

    Pool(String array, Head head) {
      this.array = array;
      this.head = head;
    }

    /** What the head makes of pooled features, row by row. */
    float[] directions(float[] pooled, int features) {
      float[] directions = new float[pooled.length];
      for (int row = 0; row < pooled.length; row += features) {
        float[] own = Arrays.copyOfRange(pooled, row, row + features);
        if (head == Head.MAX_NORM_LINEAR) {
          // Layer norm takes the mean away; what it divides by has no part in a direction.
          double sum = 0;
          for (float value : own) {
            sum += value;
          }
          for (int i = 0; i < features; i++) {
            own[i] -= (float) (sum / features);
          }
        }
        double length = norm(own);
        for (int i = 0; i < features; i++) {
          directions[row + i] = (float) (own[i] / length);
        }
      }
      return directions;
    }
  }

  /** A network of the reference with a head that this package has. */
  private record Case(String network, String headName, ModelConfig config, List<String> gradients) {
    String prefix() {
      return network + "." + headName;
    }

    /** What this package calls a tensor of the reference. */
    String ownName(String name) {
      return name.replaceFirst("^model\\.embedding\\.", "remap.")
          .replaceFirst("^model\\.", "backbone.");
    }
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : manifest.get("cases")) {
      String network = node.get("net").asText();
      String headName = node.get("head").asText();
      Head head = HEADS.get(headName);
      if (head != null) {
        ModelConfig config =
            new ModelConfig(
                Backbone.ofKey(network).orElseThrow(),
                head,
                node.get("embedding").asInt(),
                manifest.get("input_shape").get(3).asInt());
        List<String> gradients = new ArrayList<>();
        node.get("gradients").fieldNames().forEachRemaining(gradients::add);
        assertThat(MODES).containsKeys(gradients.toArray(String[]::new));
        cases.add(new Case(network, headName, config, gradients));
      }
    }
    assertThat(cases).hasSize(manifest.get("cases").size());
    return cases;
  }

  private void checkState(Case golden) {
    List<StateEntry> entries = NetworkDefinition.of(golden.config()).entries();
    SortedMap<String, TensorData> weights = tensors.weights(golden.config());
    // The 224 track keeps the classifier of the backbone, which nothing uses.
    List<JsonNode> expected =
        StreamSupport.stream(files.json(golden.prefix() + ".state.json").spliterator(), false)
            .filter(entry -> !entry.get("name").asText().startsWith("model.fc."))
            .toList();
    assertThat(entries)
        .extracting(StateEntry::name)
        .isEqualTo(
            expected.stream().map(entry -> golden.ownName(entry.get("name").asText())).toList());
    for (int i = 0; i < entries.size(); i++) {
      StateEntry entry = entries.get(i);
      List<Long> shape = new ArrayList<>();
      expected.get(i).get("shape").forEach(length -> shape.add(length.asLong()));
      assertThat(entry.shape()).as(entry.name()).isEqualTo(shape);
      if (entry.isFloat()) {
        double sum = 0;
        for (float value : weights.get(entry.name()).floats()) {
          sum += value;
        }
        assertThat(sum)
            .as(entry.name())
            .isCloseTo(expected.get(i).get("sum").asDouble(), within(1e-3));
      }
    }
  }

  private void check(Case golden, MemoryFormat format) {
    NetworkDefinition definition = NetworkDefinition.of(golden.config(), Precision.FLOAT32, format);
    SortedMap<String, TensorData> weights = tensors.weights(golden.config());
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      try (EmbeddingNetwork network =
              EmbeddingNetwork.of(golden.config(), definition, weights, manager);
          FoldedNetwork folded = network.folded(manager)) {
        assertClose(
            folded.embed(images(manager)).toFloatArray(),
            embeddings(golden, "eval"),
            EVALUATION_TOLERANCE);
      }
      for (String mode : golden.gradients()) {
        checkGradients(golden, definition, weights, mode, manager);
      }
    }
  }

  /**
   * Gradients jump where an activation is zero but for rounding, and on which side it comes out
   * depends on the kernels that a processor is given (of ResNet-50 by 1e-3 on one with AVX-512, by
   * none on another). So they have to be those of the reference for the golden images; or near
   * them, and those of the reference for images that differ from the golden ones by no more than
   * rounding does.
   */
  private void checkGradients(
      Case golden,
      NetworkDefinition definition,
      SortedMap<String, TensorData> weights,
      String mode,
      NDManager manager) {
    Optional<AssertionError> difference =
        difference(golden, definition, weights, mode, manager, 0, 1);
    if (difference.isEmpty()) {
      return;
    }
    difference(golden, definition, weights, mode, manager, 0, JUMP)
        .ifPresent(
            error -> {
              throw error;
            });
    for (int nudge = 1; nudge <= NUDGES; nudge++) {
      if (difference(golden, definition, weights, mode, manager, nudge, 1).isEmpty()) {
        return;
      }
    }
    throw difference.get();
  }

  private Optional<AssertionError> difference(
      Case golden,
      NetworkDefinition definition,
      SortedMap<String, TensorData> weights,
      String mode,
      NDManager manager,
      int nudge,
      double slack) {
    try (EmbeddingNetwork network =
            EmbeddingNetwork.of(golden.config(), definition, weights, manager);
        NDArray images = nudged(images(manager), nudge)) {
      checkGradients(golden, network, images, mode, slack);
      return Optional.empty();
    } catch (AssertionError difference) {
      return Optional.of(difference);
    }
  }

  /** Images with relative noise that grows with the number of the attempt, from none. */
  private static NDArray nudged(NDArray images, int nudge) {
    Random random = new Random(nudge);
    float[] pixels = images.toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= (float) (1 + nudge * NUDGE * (2 * random.nextDouble() - 1));
    }
    return images.getManager().create(pixels, images.getShape());
  }

  private NDArray images(NDManager manager) {
    JsonNode sizes = manifest.get("input_shape");
    Shape shape =
        new Shape(
            StreamSupport.stream(sizes.spliterator(), false).mapToLong(JsonNode::asLong).toArray());
    return manager.create(tensors.images(Math.toIntExact(shape.size())), shape);
  }

  private void checkPool(Case golden, Pool pool) {
    int features = golden.config().backbone().features();
    ModelConfig config =
        new ModelConfig(
            golden.config().backbone(), pool.head, features, golden.config().inputSize());
    SortedMap<String, TensorData> weights = tensors.weights(config);
    weights.putAll(tensors.weights(golden.config()));
    float[] identity = new float[features * features];
    for (int i = 0; i < features; i++) {
      identity[i * features + i] = 1;
    }
    weights.put("remap.weight", TensorData.of(identity, List.of((long) features, (long) features)));
    weights.put("remap.bias", TensorData.of(new float[features], List.of((long) features)));
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        EmbeddingNetwork network =
            EmbeddingNetwork.of(config, NetworkDefinition.of(config), weights, manager);
        FoldedNetwork folded = network.folded(manager)) {
      assertClose(
          folded.embed(images(manager)).toFloatArray(),
          pool.directions(array(golden, pool.array), features),
          EVALUATION_TOLERANCE);
    }
  }

  private void checkGradients(
      Case golden, EmbeddingNetwork network, NDArray images, String modeName, double slack) {
    BatchNormMode mode = MODES.get(modeName);
    JsonNode expected = files.json("%s.grad.%s.json".formatted(golden.prefix(), modeName));
    double tolerance = slack * normTolerance(expected);
    try (Gradients gradients = Gradients.record()) {
      ForwardPass pass = network.forward(images, mode);
      Shape shape = pass.embeddings().getShape();
      NDArray upstream =
          images.getManager().create(tensors.upstream(Math.toIntExact(shape.size())), shape);
      gradients.backward(pass.embeddings().mul(upstream).sum());

      assertClose(
          pass.embeddings().toFloatArray(),
          embeddings(golden, modeName),
          mode == BatchNormMode.TRAINING ? TRAINING_TOLERANCE : EVALUATION_TOLERANCE);
      SortedMap<String, NDArray> actual = pass.gradients();
      int position = -1;
      int trained = 0;
      for (JsonNode parameter : expected.get("params")) {
        String name = golden.ownName(parameter.get("name").asText());
        position++;
        if (parameter.has("grad") && parameter.get("grad").isNull()) {
          assertThat(actual).doesNotContainKey(name);
          continue;
        }
        trained++;
        float[] gradient = actual.get(name).toFloatArray();
        double norm = parameter.get("l2").asDouble();
        assertThat(norm(gradient)).as(name).isCloseTo(norm, within(tolerance * norm));
        // The dot product may cancel, so its error is held against what it is expected to be: the
        // norm times the deviation of the uniform direction, 1/√12.
        double bound = dotTolerance(tolerance) * norm / Math.sqrt(12);
        assertThat(tensors.dot(gradient, position))
            .as(name)
            .isCloseTo(parameter.get("dot").asDouble(), within(bound));
      }
      assertThat(actual).hasSize(trained);
    }
    if (mode == BatchNormMode.TRAINING) {
      JsonNode statistics = expected.get("running_stats_after_one_forward");
      assertThat(statistics).isNotEmpty();
      checkStatistics(golden, network, statistics, tolerance);
    }
  }

  /** Relative, of the norm of a gradient. */
  private static double normTolerance(JsonNode expected) {
    return Math.max(
        SMALLEST_TOLERANCE, 3 * expected.get("l2_max_relative_difference_to_float64").asDouble());
  }

  /**
   * Relative, of the dot product of a gradient. Rounding that moves a gradient by δ changes its
   * norm by about δ²/2, and its dot product by δ.
   */
  private static double dotTolerance(double normTolerance) {
    return Math.sqrt(2 * normTolerance);
  }

  private float[] embeddings(Case golden, String name) {
    return array(golden, "embedding_" + name);
  }

  private float[] array(Case golden, String name) {
    return files.npz(golden.network() + ".npz").floats("%s.%s".formatted(golden.headName(), name));
  }

  private static void checkStatistics(
      Case golden, EmbeddingNetwork network, JsonNode expected, double tolerance) {
    SortedMap<String, TensorData> weights =
        Safetensors.parse(network.weights(), "the network").tensors();
    for (JsonNode buffer : expected) {
      TensorData tensor = weights.get(golden.ownName(buffer.get("name").asText()));
      double norm =
          tensor.type() == TensorData.Type.I64 ? tensor.longs()[0] : norm(tensor.floats());
      double expectedNorm = buffer.get("l2").asDouble();
      assertThat(norm)
          .as(buffer.get("name").asText())
          .isCloseTo(expectedNorm, within(tolerance * expectedNorm));
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertThat(difference).isLessThanOrEqualTo(tolerance * largest);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
