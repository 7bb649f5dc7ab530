package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One learned vector per class, of any length: float32, C x d.
 *
 * @param vectors the array; whoever made it closes it
 */
record Proxies(NDArray vectors) {
  /** The name under which a loss learns them. */
  static final String NAME = "proxies";

  private static final double SMALLEST_NORM = 1e-12;

  /**
   * Vectors to start from: each component normally distributed, drawn class by class by {@link
   * Random}, whose algorithm is specified.
   */
  static Proxies random(
      int classes, int dimensions, double deviation, long seed, NDManager manager) {
    Random random = new Random(seed);
    float[] values = new float[Math.multiplyExact(dimensions, classes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return new Proxies(manager.create(values, new Shape(classes, dimensions)));
  }

  /**
   * The cosine of every image and every proxy: N x C.
   *
   * @throws IllegalArgumentException when a label is no row of the proxies
   */
  NDArray cosines(LossBatch batch) {
    if (batch.largestLabel() >= classes()) {
      throw new IllegalArgumentException(
          "Label %d with proxies of shape %s".formatted(batch.largestLabel(), vectors.getShape()));
    }
    NDArray directions = vectors.normalize(2, 1, SMALLEST_NORM);
    // It belongs to the manager of the proxies, which outlives the batch.
    directions.attach(batch.manager());
    return batch.unitEmbeddings().matMul(directions.transpose());
  }

  /** 1 where the proxy is that of the image's class, else 0: N x C. */
  NDArray own(LossBatch batch) {
    return batch.labels().oneHot(Math.toIntExact(classes()), DataType.FLOAT32);
  }

  long classes() {
    return vectors.getShape().get(0);
  }

  SortedMap<String, NDArray> parameters() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(Collections.singletonMap(NAME, vectors)));
  }
}
