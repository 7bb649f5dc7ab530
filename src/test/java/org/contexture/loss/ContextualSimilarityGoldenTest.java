package org.contexture.loss;

import static org.contexture.loss.Closeness.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every intermediate of the contextual similarity against the reference vectors. */
class ContextualSimilarityGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("context");
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> intermediatesEqualTheReference() {
    return GOLDEN.cases("ctx_").stream()
        .map(name -> dynamicTest(name, () -> checkIntermediates(name)));
  }

  @TestFactory
  Stream<DynamicTest> theGradientOfTheSimilaritiesEqualsTheReference() {
    return GOLDEN.cases("ctx_").stream().map(name -> dynamicTest(name, () -> checkGradient(name)));
  }

  @TestFactory
  Stream<DynamicTest> theLossAndItsGradientEqualTheReference() {
    return GOLDEN.cases("ctx_").stream().map(name -> dynamicTest(name, () -> checkLoss(name)));
  }

  private static void checkIntermediates(String name) {
    Npz golden = GOLDEN.npz(name + ".npz");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray embeddings = manager.create(golden.floats("embeddings"), shape(golden, "embeddings"));
      LossBatch batch = LossBatch.of(embeddings, labels(golden), 0);
      assertClose("f", batch.unitEmbeddings().toFloatArray(), golden.floats("f"), TOLERANCE);
      assertClose("w", batch.positives().toFloatArray(), golden.floats("w"), TOLERANCE);
      assertClose(
          "scores", batch.similarities().toFloatArray(), golden.floats("scores"), TOLERANCE);
      ContextualSimilarity actual = similarity(name, scores(golden, manager));
      check(golden, "N_k", actual, ContextualSimilarity::neighbours);
      check(golden, "N_k_not", actual, part -> part.neighbours().neg().add(1f));
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
    Evaluation actual = evaluation(name, golden, "embeddings");
    assertClose("loss", new float[] {actual.loss()}, golden.floats("loss"), TOLERANCE);
    assertClose("gradient", actual.gradient(), golden.floats("grad.embeddings"), TOLERANCE);
    assertClose(
        "gradient of unit vectors",
        evaluation(name, golden, "f").gradient(),
        tangential(golden.floats("grad.f"), golden.floats("f"), golden.shape("f")[1]),
        TOLERANCE);
  }

  private static Evaluation evaluation(String name, Npz golden, String embeddings) {
    JsonNode facts = GOLDEN.json(name + ".json");
    return Evaluation.of(
        manager ->
            new ContextualLoss(
                facts.get("k").asInt(), facts.get("eps").asDouble(), AblatedSimilarity.NONE),
        golden.floats(embeddings),
        shape(golden, embeddings),
        labels(golden));
  }

  /**
   * What is left of the gradient of unit vectors without its part along them, which is up to
   * rounding on the diagonal of the similarities.
   */
  private static float[] tangential(float[] gradient, float[] vectors, long dimensions) {
    int length = Math.toIntExact(dimensions);
    float[] tangential = gradient.clone();
    for (int row = 0; row < gradient.length; row += length) {
      double along = 0;
      for (int i = row; i < row + length; i++) {
        along += (double) gradient[i] * vectors[i];
      }
      for (int i = row; i < row + length; i++) {
        tangential[i] -= (float) (along * vectors[i]);
      }
    }
    return tangential;
  }

  private static Shape shape(Npz golden, String name) {
    return new Shape(golden.shape(name));
  }

  private static int[] labels(Npz golden) {
    return Arrays.stream(golden.longs("labels")).mapToInt(Math::toIntExact).toArray();
  }

  private static NDArray scores(Npz golden, NDManager manager) {
    return manager.create(golden.floats("scores"), shape(golden, "scores"));
  }

  private static ContextualSimilarity similarity(String name, NDArray scores) {
    JsonNode facts = GOLDEN.json(name + ".json");
    return ContextualSimilarity.of(
        scores, facts.get("k").asInt(), (float) facts.get("eps").asDouble());
  }
}
