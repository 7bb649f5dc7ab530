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
import java.util.Optional;
import java.util.function.Function;
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
                      entry ->
                          loss(entry.getKey(), entry.getValue().get("params"), arrays)
                              .ifPresent(
                                  loss ->
                                      tests.add(
                                          dynamicTest(
                                              entry.getKey(),
                                              () ->
                                                  check(
                                                      entry.getKey(),
                                                      entry.getValue(),
                                                      arrays,
                                                      loss)))));
              return dynamicContainer(name, tests);
            });
  }

  @Test
  void everyCaseHasVectorsOfEveryLoss() {
    assertThat(cases()).isNotEmpty();
    assertThat(cases())
        .allSatisfy(
            name -> {
              JsonNode losses = GOLDEN.json(name + ".json").get("losses");
              Npz arrays = GOLDEN.npz(name + ".npz");
              List<String> kinds = new ArrayList<>();
              losses
                  .fieldNames()
                  .forEachRemaining(
                      key ->
                          loss(key, losses.get(key).get("params"), arrays)
                              .ifPresent(loss -> kinds.add(key.replaceAll("_.*", ""))));
              assertThat(kinds)
                  .contains(
                      "hybrid256",
                      "hybrid224",
                      "contextual",
                      "contrastive",
                      "simreg",
                      "multisimilarity",
                      "normalized");
            });
  }

  private static Stream<String> cases() {
    List<String> names = new ArrayList<>();
    GOLDEN.json("manifest.json").get("cases").forEach(node -> names.add(node.get("case").asText()));
    return names.stream();
  }

  /** The loss that a key of the reference vectors stands for, when it is one of ours. */
  private static Optional<Function<NDManager, Loss>> loss(
      String key, JsonNode parameters, Npz arrays) {
    if (key.equals("hybrid256")) {
      double contextual = parameters.get("lam").asDouble();
      double regulariser = parameters.get("gamma").asDouble();
      return Optional.of(hybrid(contextual, 1 - contextual - regulariser, regulariser, parameters));
    }
    if (key.startsWith("hybrid224_")) {
      double contrastive = parameters.get("lam").asDouble();
      double regulariser = parameters.get("gamma").asDouble();
      return Optional.of(hybrid(1 - contrastive, contrastive, regulariser, parameters));
    }
    if (key.startsWith("contextual_")) {
      return Optional.of(
          configured(
              LossName.CONTEXTUAL,
              Map.of(
                  "k", parameters.get("k").asDouble(), "eps", parameters.get("eps").asDouble())));
    }
    if (key.startsWith("contrastive_")) {
      return Optional.of(configured(LossName.CONTRASTIVE, margins(parameters)));
    }
    if (key.startsWith("simreg_")) {
      double target = parameters.get("reg_sim").asDouble();
      return Optional.of(manager -> new SimilarityRegulariser(target));
    }
    if (key.equals("multisimilarity")) {
      return Optional.of(
          configured(
              LossName.MULTI_SIMILARITY,
              Map.of(
                  "alpha", parameters.get("alpha").asDouble(),
                  "beta", parameters.get("beta").asDouble(),
                  "base", parameters.get("base").asDouble())));
    }
    if (key.equals("normalized_softmax")) {
      return Optional.of(
          manager ->
              new NormalizedSoftmaxLoss(
                  manager.create(
                      arrays.floats(key + ".proxies"), new Shape(arrays.shape(key + ".proxies"))),
                  parameters.get("temperature").asDouble()));
    }
    return Optional.empty();
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

  private static void check(
      String key, JsonNode expected, Npz arrays, Function<NDManager, Loss> loss) {
    Evaluation actual =
        Evaluation.of(
            loss,
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
      Closeness.assertClose(
          "gradient of the proxies",
          actual.parameterGradients().get(NormalizedSoftmaxLoss.PROXIES),
          arrays.floats(key + ".grad_proxies"),
          gradientNoise);
    }
  }
}
