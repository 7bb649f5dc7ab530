package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String NORMALIZED_SOFTMAX = "normalized_softmax";
  private static final String COSFACE = "cosface";

  /** What the name of each loss begins with; of two that fit, the longer counts. */
  private static final List<String> FAMILIES =
      List.of(
          "hybrid256",
          "hybrid224_",
          "contextual_",
          "ablation_",
          "contrastive_",
          "simreg_",
          "supap",
          "roadmap",
          "smoothap",
          "smoothap_half_contrastive",
          "softbinap",
          "softbin_half_contrastive",
          "fastap",
          "triplet_given",
          "triplet_all",
          "multisimilarity",
          "multisimilarity_miner",
          "ntxent",
          "npairs_",
          "proxy_anchor",
          "proxy_nca_",
          NORMALIZED_SOFTMAX,
          COSFACE);

  /** Proxies of these are stored with one class in each column. */
  private static final Set<String> IN_COLUMNS = Set.of(NORMALIZED_SOFTMAX, COSFACE);

  private static final Pattern ROADMAP_WEIGHTS =
      Pattern.compile("([\\d.]+)\\*supap\\+([\\d.]+)\\*contrastive_(\\d+)_(\\d+)");

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
                        tests.add(dynamicTest(key, () -> check(key, entry.getValue(), arrays)));
                      });
              return dynamicContainer(name, tests);
            });
  }

  @TestFactory
  Stream<DynamicTest> similaritiesEqualTheReference() {
    return arrays(
        ".js",
        (key, arrays, parameters) -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores =
                manager.create(arrays.floats("scores"), new Shape(arrays.shape("scores")));
            int k = parameters.get("k").asInt();
            float slack = (float) number(parameters, "eps");
            NDArray actual =
                parameters.has("ablation")
                    ? AblatedSimilarity.of(scores, k, slack, parameters.get("ablation").asInt())
                    : ContextualSimilarity.of(scores, k, slack).similarity();
            Closeness.assertClose(
                "similarity", actual.toFloatArray(), arrays.floats(key + ".js"), 1e-5);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> minedPairsAreThoseOfTheReference() {
    return arrays(
        ".a1",
        (key, arrays, parameters) -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            MultiSimilarityLoss loss =
                new MultiSimilarityLoss(
                    number(parameters, "alpha"),
                    number(parameters, "beta"),
                    number(parameters, "base"),
                    OptionalDouble.of(number(parameters, "epsilon")));
            MultiSimilarityLoss.Pairs pairs = loss.pairs(batch(arrays, manager));
            assertPairs(pairs.positives(), arrays, key + ".a1", key + ".p");
            assertPairs(pairs.negatives(), arrays, key + ".a2", key + ".n");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anchorsAndPartnersAreThoseOfTheReference() {
    return arrays(
        ".anchor",
        (key, arrays, parameters) -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(NPairsLoss.pairs(batch(arrays, manager)))
                .extracting(pair -> List.of(pair.anchor(), pair.partner()))
                .containsExactlyInAnyOrderElementsOf(
                    pairs(arrays, key + ".anchor", key + ".positive"));
          }
        });
  }

  /** A test of the arrays of a loss. */
  @FunctionalInterface
  private interface Check {
    void check(String key, Npz arrays, JsonNode parameters);
  }

  /** A test of every loss of every case that has an array of this ending. */
  private static Stream<DynamicTest> arrays(String ending, Check check) {
    return cases()
        .flatMap(
            name -> {
              JsonNode losses = GOLDEN.json(name + ".json").get("losses");
              Npz arrays = GOLDEN.npz(name + ".npz");
              return arrays.names().stream()
                  .filter(array -> array.endsWith(ending))
                  .map(array -> array.substring(0, array.length() - ending.length()))
                  .map(
                      key ->
                          dynamicTest(
                              name + " " + key,
                              () -> check.check(key, arrays, losses.get(key).get("params"))));
            });
  }

  private static LossBatch batch(Npz arrays, NDManager manager) {
    return LossBatch.of(
        manager.create(arrays.floats("embeddings"), new Shape(arrays.shape("embeddings"))),
        labels(arrays),
        0);
  }

  private static int[] labels(Npz arrays) {
    return Arrays.stream(arrays.longs("labels")).mapToInt(Math::toIntExact).toArray();
  }

  private static void assertPairs(NDArray actual, Npz arrays, String rows, String columns) {
    float[] chosen = actual.toFloatArray();
    int size = Math.toIntExact(actual.getShape().get(1));
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i] != 0) {
        pairs.add(List.of(i / size, i % size));
      }
    }
    assertThat(pairs).containsExactlyInAnyOrderElementsOf(pairs(arrays, rows, columns));
  }

  private static List<List<Integer>> pairs(Npz arrays, String firsts, String seconds) {
    long[] first = arrays.longs(firsts);
    long[] second = arrays.longs(seconds);
    return IntStream.range(0, first.length)
        .mapToObj(i -> List.of((int) first[i], (int) second[i]))
        .toList();
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

  private static String family(String key) {
    return FAMILIES.stream()
        .filter(key::startsWith)
        .max(Comparator.comparing(String::length))
        .orElseThrow(() -> new AssertionError("no loss for the vectors " + key));
  }

  /** The loss that a key of the reference vectors stands for. */
  private static Function<NDManager, Loss> loss(String key, JsonNode parameters, Npz arrays) {
    return switch (family(key)) {
      case "hybrid256" -> {
        double contextual = number(parameters, "lam");
        double regulariser = number(parameters, "gamma");
        yield hybrid(contextual, 1 - contextual - regulariser, regulariser, parameters);
      }
      case "hybrid224_" -> {
        double contrastive = number(parameters, "lam");
        yield hybrid(1 - contrastive, contrastive, number(parameters, "gamma"), parameters);
      }
      case "contextual_" -> configured(LossName.CONTEXTUAL, numbers(parameters, "k", "eps"));
      case "ablation_" ->
          configured(LossName.CONTEXTUAL, numbers(parameters, "k", "eps", "ablation"));
      case "contrastive_" -> configured(LossName.CONTRASTIVE, margins(parameters));
      case "simreg_" -> {
        double target = number(parameters, "reg_sim");
        yield manager -> new SimilarityRegulariser(target);
      }
      case "multisimilarity" ->
          configured(LossName.MULTI_SIMILARITY, numbers(parameters, "alpha", "beta", "base"));
      case "multisimilarity_miner" -> {
        Map<String, Double> options = numbers(parameters, "alpha", "beta", "base");
        options.put("slack", number(parameters, "epsilon"));
        yield configured(LossName.MULTI_SIMILARITY_MINER, options);
      }
      case "supap" -> configured(LossName.ROADMAP, upperBound(parameters));
      case "roadmap" -> configured(LossName.ROADMAP, roadmap(parameters.get("weights").asText()));
      case "smoothap" ->
          configured(LossName.SMOOTH_AP, Map.of("temperature", number(parameters, "tau")));
      case "smoothap_half_contrastive" ->
          configured(LossName.SMOOTH_AP, halves("smooth_ap", parameters));
      case "softbinap" -> {
        assertThat(number(parameters, "min")).isEqualTo(-1);
        assertThat(number(parameters, "max")).isEqualTo(1);
        yield configured(LossName.SOFT_BIN_AP, Map.of("bins", number(parameters, "nq")));
      }
      case "softbin_half_contrastive" ->
          configured(LossName.SOFT_BIN_AP, halves("soft_bin_ap", parameters));
      case "fastap" ->
          configured(LossName.FAST_AP, Map.of("intervals", number(parameters, "num_bins")));
      case "ntxent" -> configured(LossName.NT_XENT, numbers(parameters, "temperature"));
      case "npairs_" -> {
        assertThat(number(parameters, "l2_reg")).isZero();
        double normalised = parameters.get("normalize").asBoolean() ? 1 : 0;
        yield configured(LossName.N_PAIRS, Map.of("normalised", normalised));
      }
      case "triplet_all" -> triplets(parameters, (batch, distances) -> every(batch.classes()));
      case "triplet_given" -> triplets(parameters, (batch, distances) -> given(key, arrays));
      case "proxy_anchor" ->
          withProxies(
              LossName.PROXY_ANCHOR,
              Map.of("alpha", number(parameters, "alpha"), "margin", number(parameters, "mrg")),
              key,
              arrays);
      case "proxy_nca_" ->
          withProxies(
              LossName.PROXY_NCA,
              Map.of("scale", number(parameters, "softmax_scale")),
              key,
              arrays);
      case NORMALIZED_SOFTMAX ->
          withProxies(LossName.NORMALIZED_SOFTMAX, numbers(parameters, "temperature"), key, arrays);
      case COSFACE ->
          withProxies(LossName.COSFACE, numbers(parameters, "scale", "margin"), key, arrays);
      default -> throw new AssertionError(key);
    };
  }

  /** The loss as an experiment gets it, with the proxies of the reference in place of its own. */
  private static Function<NDManager, Loss> withProxies(
      LossName name, Map<String, Double> options, String key, Npz arrays) {
    return manager -> {
      NDArray proxies = proxies(key, arrays, manager);
      Shape shape = proxies.getShape();
      Loss loss =
          LossFactory.create(
              LossConfig.of(name, options),
              Math.toIntExact(shape.get(0)),
              Math.toIntExact(shape.get(1)),
              0,
              manager);
      proxies.copyTo(loss.parameters().get(Proxies.NAME));
      return loss;
    };
  }

  private static Map<String, Double> upperBound(JsonNode parameters) {
    // Where the bound of negatives starts above 0 is no option.
    assertThat(number(parameters, "start")).isEqualTo(0.5);
    return Map.of(
        "weights.sup_ap", 1.0,
        "weights.contrastive", 0.0,
        "temperature", number(parameters, "tau"),
        "slope", number(parameters, "rho"),
        "offset", number(parameters, "offset"),
        "delta", number(parameters, "delta"));
  }

  /** The options of a sum that is written out, such as 0.5*supap+0.5*contrastive_90_60. */
  private static Map<String, Double> roadmap(String sum) {
    Matcher weights = ROADMAP_WEIGHTS.matcher(sum);
    assertThat(weights.matches()).as(sum).isTrue();
    return Map.of(
        "weights.sup_ap",
        Double.valueOf(weights.group(1)),
        "weights.contrastive",
        Double.valueOf(weights.group(2)),
        "positive_margin",
        Integer.parseInt(weights.group(3)) / 100.0,
        "negative_margin",
        Integer.parseInt(weights.group(4)) / 100.0);
  }

  private static Function<NDManager, Loss> triplets(
      JsonNode parameters, BiFunction<LossBatch, float[], Triplets> choice) {
    return manager -> new TripletLoss(number(parameters, "margin"), choice);
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

  private static NDArray proxies(String key, Npz arrays, NDManager manager) {
    long[] shape = arrays.shape(key + ".proxies");
    float[] values = arrays.floats(key + ".proxies");
    return IN_COLUMNS.contains(family(key))
        ? manager.create(transposed(values, shape), new Shape(shape[1], shape[0]))
        : manager.create(values, new Shape(shape));
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
      numbers.put(key, number(parameters, key));
    }
    return numbers;
  }

  private static double number(JsonNode parameters, String key) {
    return parameters.get(key).asDouble();
  }

  /** As in the 224 track's hybrid, λ is the weight of the contrastive term. */
  private static Map<String, Double> halves(String term, JsonNode parameters) {
    Map<String, Double> options = new HashMap<>(margins(parameters));
    double contrastive = number(parameters, "lam");
    options.put("weights." + term, 1 - contrastive);
    options.put("weights.contrastive", contrastive);
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
            labels(arrays));
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
          IN_COLUMNS.contains(family(key))
              ? transposed(gradient, arrays.shape(key + ".grad_proxies"))
              : gradient,
          gradientNoise);
    }
  }
}
