package org.contexture.retrieval;

import java.util.Random;
import java.util.stream.IntStream;

/** Makes tiles for tests. */
public final class Tiles {
  private Tiles() {}

  /** Rows of any length but zero, made unit vectors; ids count up from {@code firstId}. */
  public static EmbeddingTile of(long firstId, int[] labels, float[][] rows) {
    int dimensions = rows.length == 0 ? 1 : rows[0].length;
    float[] vectors = new float[rows.length * dimensions];
    for (int row = 0; row < rows.length; row++) {
      double squares = 0;
      for (float component : rows[row]) {
        squares += (double) component * component;
      }
      for (int i = 0; i < dimensions; i++) {
        vectors[row * dimensions + i] = (float) (rows[row][i] / Math.sqrt(squares));
      }
    }
    return EmbeddingTile.of(
        IntStream.range(0, rows.length).mapToLong(row -> firstId + row).toArray(),
        labels,
        vectors,
        dimensions);
  }

  /** Points evenly spread over the sphere, with labels from 0 to {@code classes} - 1. */
  public static EmbeddingTile random(
      long firstId, int size, int dimensions, int classes, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[size][dimensions];
    int[] labels = new int[size];
    for (int row = 0; row < size; row++) {
      labels[row] = random.nextInt(classes);
      for (int i = 0; i < dimensions; i++) {
        rows[row][i] = (float) random.nextGaussian();
      }
    }
    return of(firstId, labels, rows);
  }

  /** Points of a coarse lattice, so that equal similarities and equal points abound. */
  public static EmbeddingTile lattice(
      long firstId, int size, int dimensions, int classes, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[size][dimensions];
    int[] labels = new int[size];
    for (int row = 0; row < size; row++) {
      labels[row] = random.nextInt(classes);
      rows[row][0] = 1;
      for (int i = 1; i < dimensions; i++) {
        rows[row][i] = random.nextInt(3) - 1;
      }
    }
    return of(firstId, labels, rows);
  }
}
