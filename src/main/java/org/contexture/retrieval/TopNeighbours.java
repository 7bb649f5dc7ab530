package org.contexture.retrieval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.contexture.record.Neighbour;

/**
 * The nearest neighbours of one query in a part of the gallery, with the exact similarities that
 * order them. Parts merge into the whole. Immutable.
 */
public final class TopNeighbours {
  private final long queryId;
  private final int depth;
  private final long[] ids;
  private final int[] labels;
  private final double[] similarities;

  private TopNeighbours(long queryId, int depth, long[] ids, int[] labels, double[] similarities) {
    this.queryId = queryId;
    this.depth = depth;
    this.ids = ids;
    this.labels = labels;
    this.similarities = similarities;
    for (int i = 1; i < ids.length; i++) {
      if (!before(i - 1, this, i)) {
        throw new IllegalArgumentException(
            "neighbours %d and %d of query %d are out of order or the same: do gallery tiles overlap?"
                .formatted(ids[i - 1], ids[i], queryId));
      }
    }
  }

  static TopNeighbours drain(long queryId, int depth, NearestHeap heap) {
    int count = heap.size();
    long[] ids = new long[count];
    int[] labels = new int[count];
    double[] similarities = new double[count];
    heap.drainTo(ids, labels, similarities);
    return new TopNeighbours(queryId, depth, ids, labels, similarities);
  }

  /**
   * The nearest neighbours in two parts of the gallery together. Associative and commutative.
   *
   * @param other neighbours of the same query to the same depth, in a part that shares no image
   *     with this one
   * @throws IllegalArgumentException if it is of another query or depth, or shares a neighbour
   */
  public TopNeighbours merge(TopNeighbours other) {
    if (other.queryId != queryId || other.depth != depth) {
      throw new IllegalArgumentException(
          "neighbours of query %d (depth %d) do not merge with those of query %d (depth %d)"
              .formatted(queryId, depth, other.queryId, other.depth));
    }
    int count = (int) Math.min(depth, (long) ids.length + other.ids.length);
    long[] mergedIds = new long[count];
    int[] mergedLabels = new int[count];
    double[] mergedSimilarities = new double[count];
    int here = 0;
    int there = 0;
    for (int i = 0; i < count; i++) {
      boolean fromHere =
          there == other.ids.length || (here < ids.length && before(here, other, there));
      TopNeighbours from = fromHere ? this : other;
      int position = fromHere ? here++ : there++;
      mergedIds[i] = from.ids[position];
      mergedLabels[i] = from.labels[position];
      mergedSimilarities[i] = from.similarities[position];
    }
    return new TopNeighbours(queryId, depth, mergedIds, mergedLabels, mergedSimilarities);
  }

  private boolean before(int position, TopNeighbours other, int otherPosition) {
    double similarity = similarities[position];
    double otherSimilarity = other.similarities[otherPosition];
    return similarity > otherSimilarity
        || (similarity == otherSimilarity && ids[position] < other.ids[otherPosition]);
  }

  /** The id of the query. */
  public long queryId() {
    return queryId;
  }

  /** How many neighbours are kept at most. */
  public int depth() {
    return depth;
  }

  /** How many neighbours there are: {@link #depth}, or fewer if the searched part holds fewer. */
  public int size() {
    return ids.length;
  }

  /** The id of a neighbour; 0 is the nearest. */
  public long id(int position) {
    return ids[position];
  }

  /** The class of a neighbour; 0 is the nearest. */
  public int label(int position) {
    return labels[position];
  }

  /** The exact cosine similarity of a neighbour; 0 is the nearest. */
  public double similarity(int position) {
    return similarities[position];
  }

  /**
   * Records of these neighbours, in the same order. Their similarities are rounded to float32, so
   * neighbours that differ here can look equal there.
   */
  public List<Neighbour> toRecords() {
    return IntStream.range(0, ids.length)
        .mapToObj(
            i ->
                Neighbour.newBuilder()
                    .setId(ids[i])
                    .setLabel(labels[i])
                    .setSimilarity((float) similarities[i])
                    .build())
        .toList();
  }

  /** Writes the serial form that the package describes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(queryId);
    out.writeInt(depth);
    out.writeInt(ids.length);
    for (int i = 0; i < ids.length; i++) {
      out.writeLong(ids[i]);
      out.writeInt(labels[i]);
      out.writeDouble(similarities[i]);
    }
  }

  /**
   * Reads the serial form that the package describes.
   *
   * @throws IOException if the bytes end early or are no such form
   */
  public static TopNeighbours readFrom(DataInput in) throws IOException {
    long queryId = in.readLong();
    int depth = in.readInt();
    int count = in.readInt();
    if (count < 0 || count > depth) {
      throw new IOException(
          "neighbours of query %d: %d of at most %d cannot be".formatted(queryId, count, depth));
    }
    long[] ids = new long[count];
    int[] labels = new int[count];
    double[] similarities = new double[count];
    for (int i = 0; i < count; i++) {
      ids[i] = in.readLong();
      labels[i] = in.readInt();
      similarities[i] = in.readDouble();
    }
    return new TopNeighbours(queryId, depth, ids, labels, similarities);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TopNeighbours other
        && queryId == other.queryId
        && depth == other.depth
        && Arrays.equals(ids, other.ids)
        && Arrays.equals(labels, other.labels)
        && Arrays.equals(similarities, other.similarities);
  }

  @Override
  public int hashCode() {
    return Objects.hash(queryId, depth, Arrays.hashCode(ids));
  }

  @Override
  public String toString() {
    return "TopNeighbours of query %d: %s of depth %d"
        .formatted(queryId, Arrays.toString(ids), depth);
  }
}
