package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.loss.Closeness.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every intermediate of the contextual similarity against the reference vectors. */
class ContextualSimilarityGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("context");
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> intermediatesEqualTheReference() throws IOException {
    return cases().stream().map(name -> dynamicTest(name, () -> checkIntermediates(name)));
  }

  @TestFactory
  Stream<DynamicTest> theGradientOfTheSimilaritiesEqualsTheReference() throws IOException {
    return cases().stream().map(name -> dynamicTest(name, () -> checkGradient(name)));
  }

  @TestFactory
  Stream<DynamicTest> theLossAndItsGradientEqualTheReference() throws IOException {
    return cases().stream().map(name -> dynamicTest(name, () -> checkLoss(name)));
  }

  @Test
  void thereAreCases() throws IOException {
    assertThat(cases()).isNotEmpty();
  }

  private static Set<String> cases() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(GOLDEN.path("."), "ctx_*.json")) {
      for (Path file : files) {
        names.add(file.getFileName().toString().replace(".json", ""));
      }
    }
    return names;
  }

  private static void checkIntermediates(String name) {
    Npz golden = GOLDEN.npz(name + ".npz");
    try (NDManager manager = NDManager.newBaseManager()) {
      ContextualSimilarity actual = similarity(name, scores(golden, manager));
      check(golden, "N_k", actual, ContextualSimilarity::neighbours);
      check(golden, "M_plus", actual, ContextualSimilarity::sharedNeighbours);
      check(golden, "M_minus", actual, ContextualSimilarity::sharedStrangers);
      check(golden, "W_tilde", actual, ContextualSimilarity::weights);
      check(golden, "N_k2", actual, ContextualSimilarity::closeNeighbours);
      check(golden, "R_k2", actual, ContextualSimilarity::mutual);
      check(golden, "J_unsym", actual, ContextualSimilarity::expanded);
      check(golden, "J", actual, ContextualSimilarity::similarity);
    }
  }

  private static void check(
      Npz golden,
      String name,
      ContextualSimilarity actual,
      Function<ContextualSimilarity, NDArray> part) {
    assertClose(name, part.apply(actual).toFloatArray(), golden.floats(name), TOLERANCE);
  }

  private static void checkGradient(String name) {
    Npz golden = GOLDEN.npz(name + ".npz");
    float[] gradient;
    int size;
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scores = scores(golden, manager);
      size = Math.toIntExact(scores.getShape().get(0));
      scores.setRequiresGradient(true);
      NDArray upstream = manager.create(golden.floats("grad.J"), scores.getShape());
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(similarity(name, scores).similarity().mul(upstream).sum());
      }
      gradient = scores.getGradient().toFloatArray();
    }
    float[] expected = golden.floats("grad.scores");
    for (int i = 0; i < size; i++) {
      // Whether the gradient passes the clamp on the diagonal is up to rounding.
      gradient[i * size + i] = 0;
      expected[i * size + i] = 0;
    }
    assertClose("grad.scores", gradient, expected, TOLERANCE);
  }

  private static void checkLoss(String name) {
    Npz golden = GOLDEN.npz(name + ".npz");
    JsonNode facts = GOLDEN.json(name + ".json");
    Evaluation actual =
        Evaluation.of(
            manager ->
                new ContextualLoss(
                    facts.get("k").asInt(), facts.get("eps").asDouble(), AblatedSimilarity.NONE),
            golden.floats("embeddings"),
            new Shape(golden.shape("embeddings")),
            Arrays.stream(golden.longs("labels")).mapToInt(Math::toIntExact).toArray());
    assertClose("loss", new float[] {actual.loss()}, golden.floats("loss"), TOLERANCE);
    assertClose("gradient", actual.gradient(), golden.floats("grad.embeddings"), TOLERANCE);
  }

  private static NDArray scores(Npz golden, NDManager manager) {
    return manager.create(golden.floats("scores"), new Shape(golden.shape("scores")));
  }

  private static ContextualSimilarity similarity(String name, NDArray scores) {
    JsonNode facts = GOLDEN.json(name + ".json");
    return ContextualSimilarity.of(
        scores, facts.get("k").asInt(), (float) facts.get("eps").asDouble());
  }
}
