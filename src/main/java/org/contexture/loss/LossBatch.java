package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * One batch of embeddings with what every loss derives from them, each derived once, when it is
 * first asked for, and shared between the terms of a loss.
 *
 * <p>All arrays are float32, but for the labels, and belong to the manager of the embeddings.
 */
public final class LossBatch {
  private static final double SMALLEST_NORM = 1e-12;

  private final NDArray embeddings;
  private final int[] labels;
  private final long number;
  private NDArray unitEmbeddings;
  private NDArray similarities;
  private NDArray positives;
  private NDArray offDiagonal;
  private NDArray otherPositives;
  private NDArray negatives;
  private NDArray labelArray;

  private LossBatch(NDArray embeddings, int[] labels, long number) {
    this.embeddings = embeddings;
    this.labels = labels;
    this.number = number;
  }

  /**
   * A batch.
   *
   * @param embeddings float32, N x d; the rows need not be of unit length
   * @param labels the class of each row
   * @param number of the batch in a training: what a loss that draws by chance draws by, besides
   *     its seed
   * @throws IllegalArgumentException when there are not as many labels as rows, or no rows
   */
  public static LossBatch of(NDArray embeddings, int[] labels, long number) {
    Shape shape = embeddings.getShape();
    if (shape.dimension() != 2 || shape.get(0) != labels.length || labels.length == 0) {
      throw new IllegalArgumentException(
          "Embeddings of shape %s with %d labels".formatted(shape, labels.length));
    }
    if (embeddings.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("Embeddings of type " + embeddings.getDataType());
    }
    return new LossBatch(embeddings, labels.clone(), number);
  }

  /** The number N of embeddings. */
  public int size() {
    return labels.length;
  }

  /** The length d of an embedding. */
  int dimensions() {
    return Math.toIntExact(embeddings.getShape().get(1));
  }

  /** The class of each embedding. */
  int[] classes() {
    return labels.clone();
  }

  /** The number of the batch in a training. */
  long number() {
    return number;
  }

  /** The embeddings as the network made them: N x d. */
  NDArray embeddings() {
    return embeddings;
  }

  /** The embeddings scaled to unit length, x / max(|x|, 1e-12): N x d. */
  public NDArray unitEmbeddings() {
    if (unitEmbeddings == null) {
      unitEmbeddings = embeddings.normalize(2, 1, SMALLEST_NORM);
    }
    return unitEmbeddings;
  }

  /** The cosine of every pair: N x N. */
  public NDArray similarities() {
    if (similarities == null) {
      similarities = unitEmbeddings().matMul(unitEmbeddings().transpose());
    }
    return similarities;
  }

  /** 1 where both are of one class, the diagonal included, else 0: N x N. */
  public NDArray positives() {
    if (positives == null) {
      NDArray column = labels().reshape(size(), 1);
      positives = Indicator.of(column.eq(labels().reshape(1, size())));
    }
    return positives;
  }

  /** 1 where both are of one class and not the same image, else 0: N x N. */
  NDArray otherPositives() {
    if (otherPositives == null) {
      otherPositives = positives().mul(offDiagonal());
    }
    return otherPositives;
  }

  /** 1 where the two are of different classes, else 0: N x N. */
  NDArray negatives() {
    if (negatives == null) {
      negatives = positives().neg().add(1f);
    }
    return negatives;
  }

  /** 0 on the diagonal, else 1: N x N. */
  public NDArray offDiagonal() {
    if (offDiagonal == null) {
      offDiagonal = manager().eye(size()).neg().add(1f);
    }
    return offDiagonal;
  }

  /** The class of each embedding: N, int64. */
  public NDArray labels() {
    if (labelArray == null) {
      long[] values = new long[labels.length];
      for (int i = 0; i < labels.length; i++) {
        values[i] = labels[i];
      }
      labelArray = manager().create(values);
    }
    return labelArray;
  }

  /** The largest label. */
  int largestLabel() {
    int largest = labels[0];
    for (int label : labels) {
      largest = Math.max(largest, label);
    }
    return largest;
  }

  /** The manager that everything derived from this batch belongs to. */
  NDManager manager() {
    return embeddings.getManager();
  }
}
