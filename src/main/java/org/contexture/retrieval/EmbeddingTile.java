package org.contexture.retrieval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.failure.Failure;
import org.contexture.record.Embedding;

/**
 * Some images with their ids, classes and unit vectors, in the order given: the unit in which
 * queries and galleries are held in memory. Immutable; no id occurs twice.
 */
public final class EmbeddingTile {
  /**
   * How long a vector may be: the error bound of {@link ApproximateSimilarities} holds up to here.
   */
  public static final int LARGEST_DIMENSIONS = 1 << 16;

  /** How far the squared length of a vector may be from one. */
  private static final double LENGTH_TOLERANCE = 1e-3;

  private final long[] ids;
  private final int[] labels;
  private final float[] vectors;
  private final int dimensions;

  private EmbeddingTile(long[] ids, int[] labels, float[] vectors, int dimensions) {
    this.ids = ids;
    this.labels = labels;
    this.vectors = vectors;
    this.dimensions = dimensions;
    requireDistinctIds();
    requireUnitVectors();
  }

  /**
   * A tile with copies of the arrays.
   *
   * @param ids one for each image, all different
   * @param labels the class of each image
   * @param vectors the unit vector of each image, one after the other
   * @param dimensions length of one vector, from 1 to 65,536
   * @throws IllegalArgumentException if the lengths of the arrays do not fit together
   * @throws Failure if an id occurs twice or a vector has not length one
   */
  public static EmbeddingTile of(long[] ids, int[] labels, float[] vectors, int dimensions) {
    requireDimensions(dimensions);
    if (labels.length != ids.length || vectors.length != (long) ids.length * dimensions) {
      throw new IllegalArgumentException(
          "%d ids need as many labels and %d times as many components, got %d labels and %d components"
              .formatted(ids.length, dimensions, labels.length, vectors.length));
    }
    return new EmbeddingTile(ids.clone(), labels.clone(), vectors.clone(), dimensions);
  }

  /**
   * A tile of records, in their order.
   *
   * @param dimensions length of a vector, from 1 to 65,536
   * @throws Failure if a vector has another length than {@code dimensions} or not length one, or an
   *     id occurs twice
   */
  public static EmbeddingTile of(List<Embedding> embeddings, int dimensions) {
    requireDimensions(dimensions);
    long[] ids = new long[embeddings.size()];
    int[] labels = new int[embeddings.size()];
    float[] vectors = new float[Math.multiplyExact(embeddings.size(), dimensions)];
    int row = 0;
    for (Embedding embedding : embeddings) {
      ids[row] = embedding.getId();
      labels[row] = embedding.getLabel();
      ByteBuffer bytes = embedding.getVector().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.remaining() != (long) dimensions * Float.BYTES) {
        throw Failure.data(
            "The embedding of image %d has %d bytes where %d dimensions take %d."
                + " Embed the images again with one model.",
            embedding.getId(), bytes.remaining(), dimensions, dimensions * Float.BYTES);
      }
      bytes.asFloatBuffer().get(vectors, row * dimensions, dimensions);
      row++;
    }
    return new EmbeddingTile(ids, labels, vectors, dimensions);
  }

  /**
   * A tile of records, in their order, whose vectors are as long as the first one.
   *
   * @param embeddings at least one
   * @throws Failure as for a given length
   */
  public static EmbeddingTile of(List<Embedding> embeddings) {
    return of(embeddings, embeddings.get(0).getVector().remaining() / Float.BYTES);
  }

  private static void requireDimensions(int dimensions) {
    if (dimensions < 1 || dimensions > LARGEST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimensions must be from 1 to %d, not %d".formatted(LARGEST_DIMENSIONS, dimensions));
    }
  }

  private void requireDistinctIds() {
    long[] sorted = ids.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw Failure.data(
            "Two embeddings have the id %d. Give every image an id of its own.", sorted[i]);
      }
    }
  }

  private void requireUnitVectors() {
    for (int row = 0; row < ids.length; row++) {
      double squaredLength = similarity(row, this, row);
      if (!(Math.abs(squaredLength - 1) <= LENGTH_TOLERANCE)) {
        throw Failure.data(
            "The embedding of image %d has length %.6g, not 1. Normalise the embeddings; if the"
                + " length is NaN, the model that made them has diverged.",
            ids[row], Math.sqrt(squaredLength));
      }
    }
  }

  /** The images from row {@code from} up to, not including, row {@code to}. */
  public EmbeddingTile rows(int from, int to) {
    if (from == 0 && to == size()) {
      return this;
    }
    return new EmbeddingTile(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(labels, from, to),
        Arrays.copyOfRange(vectors, from * dimensions, to * dimensions),
        dimensions);
  }

  /** The rows of the images of each class, ascending. */
  Map<Integer, int[]> rowsByLabel() {
    Map<Integer, List<Integer>> rows = new HashMap<>();
    for (int row = 0; row < labels.length; row++) {
      rows.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
    }
    Map<Integer, int[]> found = new HashMap<>();
    rows.forEach(
        (label, some) -> found.put(label, some.stream().mapToInt(Integer::intValue).toArray()));
    return found;
  }

  /** How many images the tile holds. */
  public int size() {
    return ids.length;
  }

  /** How many components a vector has. */
  public int dimensions() {
    return dimensions;
  }

  /** The id of the image in a row. */
  public long id(int row) {
    return ids[row];
  }

  /** The class of the image in a row. */
  public int label(int row) {
    return labels[row];
  }

  /** One component of the vector in a row. */
  public float component(int row, int dimension) {
    return vectors[row * dimensions + dimension];
  }

  /** A copy of the vector in a row. */
  public float[] vector(int row) {
    return Arrays.copyOfRange(vectors, row * dimensions, (row + 1) * dimensions);
  }

  /** All vectors, one after the other; not to be written to. */
  float[] vectors() {
    return vectors;
  }

  /**
   * The similarity that orders neighbours: products exact in double precision, summed in four
   * strands of every fourth component.
   */
  public double similarity(int row, EmbeddingTile other, int otherRow) {
    float[] left = vectors;
    float[] right = other.vectors;
    int x = row * dimensions;
    int y = otherRow * dimensions;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i < dimensions - 3; i += 4) {
      first += (double) left[x + i] * right[y + i];
      second += (double) left[x + i + 1] * right[y + i + 1];
      third += (double) left[x + i + 2] * right[y + i + 2];
      fourth += (double) left[x + i + 3] * right[y + i + 3];
    }
    for (; i < dimensions; i++) {
      first += (double) left[x + i] * right[y + i];
    }
    return (first + second) + (third + fourth);
  }
}
