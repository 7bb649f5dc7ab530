package org.contexture.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The closed-form numbers that golden/network was made with; its README has the formulas. */
final class GoldenTensors {
  private static final int IMAGES = 100_000;
  private static final int DIRECTIONS = 200_000;
  private static final int UPSTREAM = 300_000;

  private final int seed;

  GoldenTensors(int seed) {
    this.seed = seed;
  }

  /** A number in [-0.5, 0.5). */
  private double uniform(int ordinal, int index) {
    int h = index * 0x9e3779b1 + ordinal * 40_503 + seed * 977 + 1;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return (h >>> 8) / (double) (1 << 24) - 0.5;
  }

  SortedMap<String, TensorData> weights(ModelConfig config) {
    SortedMap<String, TensorData> weights = new TreeMap<>();
    List<StateEntry> entries = NetworkDefinition.of(config).entries();
    for (int place = 0; place < entries.size(); place++) {
      StateEntry entry = entries.get(place);
      boolean behindClassifier = config.head().isOf224Track() && !entry.inBackbone();
      weights.put(entry.name(), weight(entry, behindClassifier ? place + 2 : place));
    }
    return weights;
  }

  private TensorData weight(StateEntry entry, int ordinal) {
    if (!entry.isFloat()) {
      return TensorData.of(new long[] {0}, entry.shape());
    }
    double inputs =
        entry.shape().stream().skip(1).mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    float[] values = new float[Math.toIntExact(entry.layout().bytes() / Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      double u = uniform(ordinal, i);
      values[i] =
          (float)
              switch (entry.role()) {
                case CONVOLUTION, LINEAR_WEIGHT -> u * Math.sqrt(24 / inputs);
                case NORM_WEIGHT -> 1 + 0.2 * u;
                case NORM_BIAS, LINEAR_BIAS, RUNNING_MEAN -> 0.2 * u;
                case RUNNING_VARIANCE -> 1 + 0.5 * u;
                case BATCHES_TRACKED -> throw new AssertionError();
              };
    }
    return TensorData.of(values, entry.shape());
  }

  float[] images(int size) {
    return values(IMAGES, size, 4);
  }

  /** What the embeddings are multiplied with to make the loss. */
  float[] upstream(int size) {
    return values(UPSTREAM, size, 1);
  }

  /** What a gradient is multiplied with. */
  double dot(float[] gradient, int position) {
    double sum = 0;
    for (int i = 0; i < gradient.length; i++) {
      sum += gradient[i] * (double) (float) uniform(DIRECTIONS + position, i);
    }
    return sum;
  }

  private float[] values(int ordinal, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * uniform(ordinal, i));
    }
    return values;
  }
}
