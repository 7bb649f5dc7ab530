package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every loss of this package against every case of the reference vectors. */
class LossesGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("losses");

  /** Arrays of the vectors that are no loss, and have a test of their own. */
  private static final Set<String> OTHERS = Set.of("dw_miner.weights");

  /** Proxies of these are stored with one class in each column. */
  private static final Set<String> IN_COLUMNS = Set.of("normalized_softmax", "cosface");

  @TestFactory
  Stream<DynamicContainer> valuesAndGradientsEqualTheReference() {
    return cases()
        .map(
            name -> {
              JsonNode losses = GOLDEN.json(name + ".json").get("losses");
              Npz arrays = GOLDEN.npz(name + ".npz");
              List<DynamicTest> tests = new ArrayList<>();
              losses
                  .fields()
                  .forEachRemaining(
                      entry -> {
                        String key = entry.getKey();
                        if (!OTHERS.contains(key)) {
                          tests.add(dynamicTest(key, () -> check(key, entry.getValue(), arrays)));
                        }
                      });
              return dynamicContainer(name, tests);
            });
  }

  @Test
  void thereAreVectors() {
    assertThat(cases()).isNotEmpty();
  }

  private static Stream<String> cases() {
    List<String> names = new ArrayList<>();
    GOLDEN.json("manifest.json").get("cases").forEach(node -> names.add(node.get("case").asText()));
    return names.stream();
  }

  /** The loss that a key of the reference vectors stands for. */
  private static Function<NDManager, Loss> loss(String key, JsonNode parameters, Npz arrays) {
    if (key.startsWith("hybrid224_")) {
      double contrastive = parameters.get("lam").asDouble();
      double regulariser = parameters.get("gamma").asDouble();
      return hybrid(1 - contrastive, contrastive, regulariser, parameters);
    }
    if (key.startsWith("contextual_")) {
      return configured(LossName.CONTEXTUAL, numbers(parameters, "k", "eps"));
    }
    if (key.startsWith("ablation_")) {
      Map<String, Double> options = numbers(parameters, "k", "eps", "ablation");
      return configured(LossName.CONTEXTUAL, options);
    }
    if (key.startsWith("contrastive_")) {
      return configured(LossName.CONTRASTIVE, margins(parameters));
    }
    if (key.startsWith("simreg_")) {
      double target = parameters.get("reg_sim").asDouble();
      return manager -> new SimilarityRegulariser(target);
    }
    if (key.startsWith("proxy_nca_")) {
      double scale = parameters.get("softmax_scale").asDouble();
      return manager ->
          new ProxySoftmaxLoss("proxy_nca", proxies(key, arrays, manager), 2 * scale, 0, 0);
    }
    return switch (key) {
      case "hybrid256" -> {
        double contextual = parameters.get("lam").asDouble();
        double regulariser = parameters.get("gamma").asDouble();
        yield hybrid(contextual, 1 - contextual - regulariser, regulariser, parameters);
      }
      case "multisimilarity" ->
          configured(LossName.MULTI_SIMILARITY, numbers(parameters, "alpha", "beta", "base"));
      case "multisimilarity_miner" -> {
        Map<String, Double> options = numbers(parameters, "alpha", "beta", "base");
        options.put("slack", parameters.get("epsilon").asDouble());
        yield configured(LossName.MULTI_SIMILARITY_MINER, options);
      }
      case "supap" -> configured(LossName.ROADMAP, halves("sup_ap", 1, 0, parameters));
      case "roadmap" -> configured(LossName.ROADMAP, Map.of());
      case "smoothap" -> configured(LossName.SMOOTH_AP, numbers(parameters));
      case "smoothap_half_contrastive" ->
          configured(LossName.SMOOTH_AP, halves("smooth_ap", 0.5, 0.5, parameters));
      case "softbinap" -> configured(LossName.SOFT_BIN_AP, numbers(parameters));
      case "softbin_half_contrastive" ->
          configured(LossName.SOFT_BIN_AP, halves("soft_bin_ap", 0.5, 0.5, parameters));
      case "fastap" ->
          configured(LossName.FAST_AP, Map.of("intervals", parameters.get("num_bins").asDouble()));
      case "ntxent" -> configured(LossName.NT_XENT, numbers(parameters, "temperature"));
      case "npairs_normalized" -> configured(LossName.N_PAIRS, Map.of());
      case "npairs_raw" -> configured(LossName.N_PAIRS, Map.of("normalised", 0.0));
      case "triplet_all" -> triplets(parameters, (batch, distances) -> every(batch.classes()));
      case "triplet_given" -> triplets(parameters, (batch, distances) -> given(key, arrays));
      case "proxy_anchor" ->
          manager ->
              new ProxyAnchorLoss(
                  proxies(key, arrays, manager),
                  parameters.get("alpha").asDouble(),
                  parameters.get("mrg").asDouble());
      case "normalized_softmax" ->
          manager ->
              new ProxySoftmaxLoss(
                  key,
                  proxies(key, arrays, manager),
                  1 / parameters.get("temperature").asDouble(),
                  0,
                  0);
      case "cosface" ->
          manager ->
              new ProxySoftmaxLoss(
                  key,
                  proxies(key, arrays, manager),
                  parameters.get("scale").asDouble(),
                  parameters.get("margin").asDouble(),
                  0);
      default -> throw new AssertionError("no loss for the vectors " + key);
    };
  }

  private static Function<NDManager, Loss> triplets(
      JsonNode parameters, BiFunction<LossBatch, float[], Triplets> choice) {
    return manager -> new TripletLoss(parameters.get("margin").asDouble(), choice);
  }

  /** Every triplet there is. */
  private static Triplets every(int[] labels) {
    List<Triplets.Triplet> triplets = new ArrayList<>();
    for (int anchor = 0; anchor < labels.length; anchor++) {
      for (int positive = 0; positive < labels.length; positive++) {
        if (positive == anchor || labels[positive] != labels[anchor]) {
          continue;
        }
        for (int negative = 0; negative < labels.length; negative++) {
          if (labels[negative] != labels[anchor]) {
            triplets.add(new Triplets.Triplet(anchor, positive, negative));
          }
        }
      }
    }
    return new Triplets(triplets);
  }

  private static Triplets given(String key, Npz arrays) {
    long[] anchors = arrays.longs(key + ".a");
    long[] positives = arrays.longs(key + ".p");
    long[] negatives = arrays.longs(key + ".n");
    return new Triplets(
        IntStream.range(0, anchors.length)
            .mapToObj(
                i -> new Triplets.Triplet((int) anchors[i], (int) positives[i], (int) negatives[i]))
            .toList());
  }

  private static Proxies proxies(String key, Npz arrays, NDManager manager) {
    long[] shape = arrays.shape(key + ".proxies");
    float[] values = arrays.floats(key + ".proxies");
    return IN_COLUMNS.contains(key)
        ? new Proxies(manager.create(transposed(values, shape), new Shape(shape[1], shape[0])))
        : new Proxies(manager.create(values, new Shape(shape)));
  }

  private static float[] transposed(float[] values, long[] shape) {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] transposed = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[row * columns + column];
      }
    }
    return transposed;
  }

  private static Map<String, Double> numbers(JsonNode parameters, String... keys) {
    Map<String, Double> numbers = new HashMap<>();
    for (String key : keys) {
      numbers.put(key, parameters.get(key).asDouble());
    }
    return numbers;
  }

  private static Map<String, Double> halves(
      String term, double weight, double contrastive, JsonNode parameters) {
    Map<String, Double> options = new HashMap<>();
    options.put("weights." + term, weight);
    options.put("weights.contrastive", contrastive);
    if (parameters.has("pos_margin")) {
      options.putAll(margins(parameters));
    }
    return options;
  }

  private static Function<NDManager, Loss> hybrid(
      double contextual, double contrastive, double regulariser, JsonNode parameters) {
    Map<String, Double> options = new HashMap<>(margins(parameters));
    options.put("weights.contextual", contextual);
    options.put("weights.contrastive", contrastive);
    options.put("weights.regulariser", regulariser);
    options.put("k", parameters.get("k").asDouble());
    options.put("eps", parameters.get("eps").asDouble());
    options.put("target_similarity", parameters.get("reg_sim").asDouble());
    return configured(LossName.HYBRID, options);
  }

  private static Map<String, Double> margins(JsonNode parameters) {
    return Map.of(
        "positive_margin", parameters.get("pos_margin").asDouble(),
        "negative_margin", parameters.get("neg_margin").asDouble());
  }

  private static Function<NDManager, Loss> configured(LossName name, Map<String, Double> options) {
    return manager -> LossFactory.create(LossConfig.of(name, options), 1, 1, 0, manager);
  }

  private static void check(String key, JsonNode expected, Npz arrays) {
    Evaluation actual =
        Evaluation.of(
            loss(key, expected.get("params"), arrays),
            arrays.floats("embeddings"),
            new Shape(arrays.shape("embeddings")),
            Arrays.stream(arrays.longs("labels")).mapToInt(Math::toIntExact).toArray());
    if (!expected.get("loss").isNumber()) {
      // The original divides 0 by 0 here; what we do is finite.
      Closeness.assertFinite("loss", new float[] {actual.loss()});
      Closeness.assertFinite("gradient", actual.gradient());
      return;
    }
    double value = expected.get("loss").asDouble();
    double noise = Math.max(1e-5, 4 * expected.path("noise_loss_rel").asDouble(0));
    assertThat(Math.abs(actual.loss() - value))
        .as("error of the loss %s for %s", actual.loss(), value)
        .isLessThanOrEqualTo(noise * Math.abs(value) + 1e-6);
    double gradientNoise = Math.max(1e-5, 4 * expected.path("noise_grad_rel").asDouble(0));
    if (arrays.has(key + ".grad")) {
      Closeness.assertClose(
          "gradient", actual.gradient(), arrays.floats(key + ".grad"), gradientNoise);
    }
    if (arrays.has(key + ".grad_proxies")) {
      float[] gradient = arrays.floats(key + ".grad_proxies");
      Closeness.assertClose(
          "gradient of the proxies",
          actual.parameterGradients().get(Proxies.NAME),
          IN_COLUMNS.contains(key)
              ? transposed(gradient, arrays.shape(key + ".grad_proxies"))
              : gradient,
          gradientNoise);
    }
  }
}
