package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Label smoothing against its definition in double precision, and finite differences of that. */
class ProxySoftmaxLossTest {
  private static final int[] LABELS = {0, 2, 2, 1};
  private static final int SIZE = LABELS.length;
  private static final int CLASSES = 3;
  private static final int DIMENSIONS = 5;
  private static final double SCALE = 3;
  private static final double MARGIN = 0.2;
  private static final double SMOOTHING = 0.3;

  @Test
  void valueAndGradientsAreThoseOfTheDefinition() {
    float[] embeddings = PlainEmbeddings.random(5, SIZE * DIMENSIONS);
    float[] proxies = PlainEmbeddings.random(6, CLASSES * DIMENSIONS);

    Evaluation actual =
        Evaluation.of(
            manager ->
                new ProxySoftmaxLoss(
                    "smoothed",
                    new Proxies(manager.create(proxies, new Shape(CLASSES, DIMENSIONS))),
                    SCALE,
                    MARGIN,
                    SMOOTHING),
            embeddings,
            new Shape(SIZE, DIMENSIONS),
            LABELS);

    double[] images = PlainEmbeddings.doubles(embeddings);
    double[] classes = PlainEmbeddings.doubles(proxies);
    assertThat((double) actual.loss()).isCloseTo(loss(images, classes), within(1e-5));
    assertClose(actual.gradient(), PlainEmbeddings.gradient(moved -> loss(moved, classes), images));
    assertClose(
        actual.parameterGradients().get(Proxies.NAME),
        PlainEmbeddings.gradient(moved -> loss(images, moved), classes));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROXY_NCA", "NORMALIZED_SOFTMAX", "COSFACE"})
  void everyCrossEntropyOverClassesCanBeSmoothed(LossName name) {
    assertThat(loss(name, 0.5)).isNotEqualTo(loss(name, 0));
  }

  private static float loss(LossName name, double smoothing) {
    LossConfig config = LossConfig.of(name, Map.of("smoothing", smoothing));
    return Evaluation.of(
            manager -> LossFactory.create(config, CLASSES, DIMENSIONS, 0, manager),
            PlainEmbeddings.random(5, SIZE * DIMENSIONS),
            new Shape(SIZE, DIMENSIONS),
            LABELS)
        .loss();
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("gradient %d", i).isCloseTo(expected[i], within(1e-4));
    }
  }

  /** The cross entropy to the target of PyTorch: (1 - s) for the own class, plus s/C for each. */
  private static double loss(double[] images, double[] classes) {
    double[][] cosines = PlainEmbeddings.cosines(images, classes, DIMENSIONS);
    double total = 0;
    for (int image = 0; image < SIZE; image++) {
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        sum += Math.exp(logit(cosines[image], image, c));
      }
      for (int c = 0; c < CLASSES; c++) {
        double target = (c == LABELS[image] ? 1 - SMOOTHING : 0) + SMOOTHING / CLASSES;
        total -= target * (logit(cosines[image], image, c) - Math.log(sum));
      }
    }
    return total / SIZE;
  }

  private static double logit(double[] cosines, int image, int c) {
    return SCALE * (cosines[c] - (c == LABELS[image] ? MARGIN : 0));
  }
}
