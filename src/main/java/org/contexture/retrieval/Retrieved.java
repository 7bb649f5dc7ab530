package org.contexture.retrieval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.contexture.record.Neighbours;

/**
 * What was found for one query in a part of the gallery. Parts merge into the whole.
 *
 * @param queryLabel the class of the query
 * @param nearest its nearest neighbours
 * @param ranks where its relevant images stand
 */
public record Retrieved(int queryLabel, TopNeighbours nearest, RelevantRanks ranks) {

  /**
   * Two parts of the gallery together. Associative and commutative.
   *
   * @param other of the same query to the same depth, in a part that shares no image with this one
   * @throws IllegalArgumentException if it is of another query or depth, or shares a neighbour
   */
  public Retrieved merge(Retrieved other) {
    return new Retrieved(queryLabel, nearest.merge(other.nearest), ranks.merge(other.ranks));
  }

  /** The record of it, once it is the whole. */
  public Neighbours toRecord() {
    return Neighbours.newBuilder()
        .setQueryId(nearest.queryId())
        .setQueryLabel(queryLabel)
        .setRanks(Arrays.stream(ranks.ranks()).boxed().toList())
        .setNeighbours(nearest.toRecords())
        .build();
  }

  /** Writes the serial form that the package describes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(queryLabel);
    nearest.writeTo(out);
    ranks.writeTo(out);
  }

  /**
   * Reads the serial form that the package describes.
   *
   * @throws IOException if the bytes end early or are no such form
   */
  public static Retrieved readFrom(DataInput in) throws IOException {
    return new Retrieved(in.readInt(), TopNeighbours.readFrom(in), RelevantRanks.readFrom(in));
  }
}
