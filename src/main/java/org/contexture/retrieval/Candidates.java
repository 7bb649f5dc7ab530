package org.contexture.retrieval;

import java.util.Arrays;

/**
 * The rows of one gallery tile that may be among the nearest of one query, judged by approximate
 * similarities, so that the exact one is computed for few.
 *
 * <p>If {@code depth} rows have an approximate similarity of at least {@code a}, the exact
 * similarity of each is at least {@code a - error}, so whoever belongs to the nearest {@code depth}
 * has at least that too, and an approximate one of at least {@code a - 2 error}. The query may be
 * among the rows, which is why one row more than {@code depth} is asked for.
 */
final class Candidates {
  private static final int INITIAL_CAPACITY = 64;

  private final NearestHeap best;
  private final double error;
  private double cutoff;
  private int size;
  private int[] rows = new int[INITIAL_CAPACITY];
  private float[] similarities = new float[INITIAL_CAPACITY];

  /**
   * No candidates yet.
   *
   * @param threshold the exact similarity below which nothing is wanted
   * @param error how far an approximate similarity can be from the exact one
   */
  Candidates(int depth, double threshold, double error) {
    this.best = new NearestHeap((int) Math.min(Integer.MAX_VALUE, depth + 1L));
    this.error = error;
    this.cutoff = threshold - error;
  }

  /** Considers {@code count} rows, from {@code firstRow} on, by their approximate similarities. */
  void consider(float[] approximate, int count, int firstRow) {
    for (int i = 0; i < count; i++) {
      if (approximate[i] >= cutoff) {
        add(firstRow + i, approximate[i]);
      }
    }
  }

  /** The rows that are left, ascending. */
  int[] rows() {
    dropHopeless();
    return Arrays.copyOf(rows, size);
  }

  private void add(int row, float similarity) {
    best.offer(row, 0, similarity);
    cutoff = Math.max(cutoff, best.threshold() - 2 * error);
    if (size == rows.length) {
      dropHopeless();
      if (size > rows.length / 2) {
        rows = Arrays.copyOf(rows, 2 * rows.length);
        similarities = Arrays.copyOf(similarities, 2 * similarities.length);
      }
    }
    rows[size] = row;
    similarities[size] = similarity;
    size++;
  }

  private void dropHopeless() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (similarities[i] >= cutoff) {
        rows[kept] = rows[i];
        similarities[kept] = similarities[i];
        kept++;
      }
    }
    size = kept;
  }
}
