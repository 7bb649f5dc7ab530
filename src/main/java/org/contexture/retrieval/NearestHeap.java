package org.contexture.retrieval;

import java.util.Arrays;

/**
 * The best of all neighbours offered to it, at most {@code depth} of them: a binary heap whose root
 * is the worst of those kept. Grows as it fills, so that a depth beyond the gallery costs nothing.
 */
final class NearestHeap {
  private static final int INITIAL_CAPACITY = 16;

  private final int depth;
  private int size;
  private long[] ids;
  private int[] labels;
  private double[] similarities;

  NearestHeap(int depth) {
    this.depth = depth;
    int capacity = Math.min(depth, INITIAL_CAPACITY);
    this.ids = new long[capacity];
    this.labels = new int[capacity];
    this.similarities = new double[capacity];
  }

  private NearestHeap(NearestHeap other) {
    this.depth = other.depth;
    this.size = other.size;
    this.ids = other.ids.clone();
    this.labels = other.labels.clone();
    this.similarities = other.similarities.clone();
  }

  NearestHeap copy() {
    return new NearestHeap(this);
  }

  int size() {
    return size;
  }

  /** What a similarity must reach to be of any use here. */
  double threshold() {
    return size < depth ? Double.NEGATIVE_INFINITY : similarities[0];
  }

  void offer(long id, int label, double similarity) {
    if (size < depth) {
      grow();
      size++;
      siftUp(size - 1, id, label, similarity);
    } else if (worse(similarities[0], ids[0], similarity, id)) {
      siftDown(id, label, similarity);
    }
  }

  /** Moves the neighbours to the front of the arrays, the nearest first, and leaves none here. */
  void drainTo(long[] toIds, int[] toLabels, double[] toSimilarities) {
    while (size > 0) {
      int last = --size;
      toIds[last] = ids[0];
      toLabels[last] = labels[0];
      toSimilarities[last] = similarities[0];
      siftDown(ids[last], labels[last], similarities[last]);
    }
  }

  private void grow() {
    if (size == ids.length) {
      int capacity = (int) Math.min(depth, 2L * size);
      ids = Arrays.copyOf(ids, capacity);
      labels = Arrays.copyOf(labels, capacity);
      similarities = Arrays.copyOf(similarities, capacity);
    }
  }

  private void siftUp(int from, long id, int label, double similarity) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) / 2;
      if (!worse(similarity, id, similarities[parent], ids[parent])) {
        break;
      }
      put(hole, ids[parent], labels[parent], similarities[parent]);
      hole = parent;
    }
    put(hole, id, label, similarity);
  }

  /** Puts a neighbour in place of the root. */
  private void siftDown(long id, int label, double similarity) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      int sibling = child + 1;
      if (sibling < size
          && worse(similarities[sibling], ids[sibling], similarities[child], ids[child])) {
        child = sibling;
      }
      if (!worse(similarities[child], ids[child], similarity, id)) {
        break;
      }
      put(hole, ids[child], labels[child], similarities[child]);
      hole = child;
    }
    put(hole, id, label, similarity);
  }

  private void put(int position, long id, int label, double similarity) {
    ids[position] = id;
    labels[position] = label;
    similarities[position] = similarity;
  }

  private static boolean worse(double similarity, long id, double other, long otherId) {
    return similarity < other || (similarity == other && id > otherId);
  }
}
