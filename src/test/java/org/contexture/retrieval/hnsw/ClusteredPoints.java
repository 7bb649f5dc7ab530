package org.contexture.retrieval.hnsw;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.contexture.retrieval.EmbeddingTile;

/** Unit vectors around random centres, five a centre, as the images of a class would be. */
final class ClusteredPoints {
  private static final int CLASS = 5;
  private static final double NOISE = 0.8;

  private ClusteredPoints() {}

  /** So many points, their ids counting up from zero. */
  static EmbeddingTile of(int points, int dimensions, long seed) {
    Random random = new Random(seed);
    float[] centre = new float[dimensions];
    float[] vectors = new float[points * dimensions];
    for (int point = 0; point < points; point++) {
      float[] vector = new float[dimensions];
      for (int i = 0; i < dimensions; i++) {
        if (point % CLASS == 0) {
          centre[i] = (float) random.nextGaussian();
        }
        vector[i] = (float) (centre[i] + NOISE * random.nextGaussian());
      }
      System.arraycopy(unit(vector), 0, vectors, point * dimensions, dimensions);
    }
    return EmbeddingTile.of(
        LongStream.range(0, points).toArray(),
        IntStream.range(0, points).map(point -> point / CLASS).toArray(),
        vectors,
        dimensions);
  }

  /** Points near some of a gallery; their ids, negative, are none of its. */
  static EmbeddingTile queries(EmbeddingTile gallery, int queries, long seed) {
    Random random = new Random(seed);
    int dimensions = gallery.dimensions();
    float[] vectors = new float[queries * dimensions];
    int[] labels = new int[queries];
    for (int query = 0; query < queries; query++) {
      int row = random.nextInt(gallery.size());
      float[] vector = gallery.vector(row);
      for (int i = 0; i < dimensions; i++) {
        vector[i] += (float) (NOISE * random.nextGaussian() / Math.sqrt(dimensions));
      }
      labels[query] = gallery.label(row);
      System.arraycopy(unit(vector), 0, vectors, query * dimensions, dimensions);
    }
    return EmbeddingTile.of(
        LongStream.range(0, queries).map(query -> -1 - query).toArray(),
        labels,
        vectors,
        dimensions);
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return unit;
  }
}
