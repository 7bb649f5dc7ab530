package org.contexture.retrieval;

import java.util.stream.IntStream;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;

/** Neighbours with hits at chosen ranks, for tests. */
final class Ranked {
  private static final int LABEL = 1;

  private Ranked() {}

  /** A list of {@code depth} neighbours, relevant at {@code ranks} (from 1). */
  static Neighbours list(int relevant, int depth, int... ranks) {
    return Neighbours.newBuilder()
        .setQueryId(77)
        .setQueryLabel(LABEL)
        .setRelevant(relevant)
        .setNeighbours(
            IntStream.rangeClosed(1, depth)
                .mapToObj(
                    rank ->
                        Neighbour.newBuilder()
                            .setId(rank)
                            .setLabel(IntStream.of(ranks).anyMatch(hit -> hit == rank) ? LABEL : 2)
                            .setSimilarity(1f / rank)
                            .build())
                .toList())
        .build();
  }
}
