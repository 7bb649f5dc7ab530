package org.contexture.retrieval.hnsw;

import java.util.Arrays;
import org.contexture.retrieval.EmbeddingTile;

/** Images that may be among the nearest of one query, with their vectors. */
final class Candidates {
  private final int dimensions;
  private long[] ids;
  private int[] labels;
  private float[] vectors;
  private int size;

  /** No candidates yet, and room for some. */
  Candidates(int dimensions, int capacity) {
    this.dimensions = dimensions;
    ids = new long[capacity];
    labels = new int[capacity];
    vectors = new float[Math.multiplyExact(capacity, dimensions)];
  }

  /** Adds an image; its vector is copied. */
  void add(long id, int label, float[] vector) {
    if (size == ids.length) {
      int capacity = Math.max(16, 2 * size);
      ids = Arrays.copyOf(ids, capacity);
      labels = Arrays.copyOf(labels, capacity);
      vectors = Arrays.copyOf(vectors, Math.multiplyExact(capacity, dimensions));
    }
    ids[size] = id;
    labels[size] = label;
    System.arraycopy(vector, 0, vectors, size * dimensions, dimensions);
    size++;
  }

  /** All of them, to be searched exactly. */
  EmbeddingTile tile() {
    return EmbeddingTile.of(
        Arrays.copyOf(ids, size),
        Arrays.copyOf(labels, size),
        Arrays.copyOf(vectors, size * dimensions),
        dimensions);
  }
}
