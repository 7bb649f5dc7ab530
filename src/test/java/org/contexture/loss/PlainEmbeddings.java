package org.contexture.loss;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Embeddings in double precision, row by row, to compute losses with that share no code with those
 * tested.
 */
final class PlainEmbeddings {
  private static final double STEP = 1e-5;

  private PlainEmbeddings() {}

  /** Normally distributed numbers. */
  static float[] random(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The cosine of each row of one and each row of the other, all rows of one length. */
  static double[][] cosines(double[] rows, double[] columns, int dimensions) {
    double[][] cosines = new double[rows.length / dimensions][columns.length / dimensions];
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < cosines[i].length; j++) {
        cosines[i][j] =
            dot(rows, i, columns, j, dimensions)
                / Math.sqrt(
                    dot(rows, i, rows, i, dimensions) * dot(columns, j, columns, j, dimensions));
      }
    }
    return cosines;
  }

  /** How far the rows, brought to length 1, are from each other: n x n, row by row. */
  static float[] distances(float[] embeddings, int dimensions) {
    double[] rows = unit(doubles(embeddings), dimensions);
    int size = rows.length / dimensions;
    float[] distances = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double square = 0;
        for (int d = 0; d < dimensions; d++) {
          double difference = rows[i * dimensions + d] - rows[j * dimensions + d];
          square += difference * difference;
        }
        distances[i * size + j] = (float) Math.sqrt(square);
      }
    }
    return distances;
  }

  private static double[] unit(double[] rows, int dimensions) {
    double[] unit = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = i / dimensions;
      unit[i] = rows[i] / Math.sqrt(dot(rows, row, rows, row, dimensions));
    }
    return unit;
  }

  /** The gradient of a loss at a point, by central differences. */
  static double[] gradient(ToDoubleFunction<double[]> loss, double[] point) {
    double[] gradient = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      gradient[i] =
          (loss.applyAsDouble(moved(point, i, STEP)) - loss.applyAsDouble(moved(point, i, -STEP)))
              / (2 * STEP);
    }
    return gradient;
  }

  private static double[] moved(double[] point, int where, double by) {
    double[] moved = point.clone();
    moved[where] += by;
    return moved;
  }

  private static double dot(double[] rows, int i, double[] columns, int j, int dimensions) {
    double dot = 0;
    for (int d = 0; d < dimensions; d++) {
      dot += rows[i * dimensions + d] * columns[j * dimensions + d];
    }
    return dot;
  }
}
