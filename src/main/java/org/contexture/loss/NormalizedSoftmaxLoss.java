package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cross entropy over the cosines between an embedding and one learned vector per class, divided by
 * a temperature (Zhai, Wu: Classification is a Strong Baseline for Deep Metric Learning, BMVC
 * 2019).
 */
final class NormalizedSoftmaxLoss implements Loss {
  static final String TERM = "normalized_softmax";

  /** The learned vectors, one per column: d x C. */
  static final String PROXIES = "proxies";

  private static final double SMALLEST_NORM = 1e-12;

  private final NDArray proxies;
  private final float temperature;

  /**
   * A normalised softmax loss.
   *
   * @param proxies float32, d x C, columns of any length; the loss does not close them
   * @param temperature what the cosines are divided by
   */
  NormalizedSoftmaxLoss(NDArray proxies, double temperature) {
    this.proxies = proxies;
    this.temperature = (float) temperature;
  }

  /**
   * Vectors to start from: each component normally distributed with variance 1, drawn in row-major
   * order by {@link Random}, whose algorithm is specified.
   */
  static NDArray randomProxies(int dimensions, int classes, long seed, NDManager manager) {
    Random random = new Random(seed);
    float[] values = new float[Math.multiplyExact(dimensions, classes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(dimensions, classes));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a label is no column of the proxies
   */
  @Override
  public LossValue evaluate(LossBatch batch) {
    if (batch.largestLabel() >= proxies.getShape().get(1)) {
      throw new IllegalArgumentException(
          "Label %d with proxies of shape %s".formatted(batch.largestLabel(), proxies.getShape()));
    }
    NDArray directions = proxies.normalize(2, 0, SMALLEST_NORM);
    // It belongs to the manager of the proxies, which outlives the batch.
    directions.attach(batch.manager());
    NDArray logits = Scaling.over(batch.unitEmbeddings().matMul(directions), temperature);
    NDArray targets = batch.labels().reshape(batch.size(), 1);
    return LossValue.of(TERM, logits.logSoftmax(1).gather(targets, 1).mean().neg());
  }

  @Override
  public SortedMap<String, NDArray> parameters() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(Collections.singletonMap(PROXIES, proxies)));
  }
}
