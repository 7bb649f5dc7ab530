package org.contexture.retrieval;

import java.util.Arrays;
import java.util.List;
import org.contexture.record.Neighbours;

/** Queries whose relevant images stand at chosen ranks, for tests. */
final class Ranked {
  private Ranked() {}

  /** What was found for a query with relevant images at {@code ranks} (from 1). */
  static Neighbours at(Integer... ranks) {
    return Neighbours.newBuilder()
        .setQueryId(77)
        .setQueryLabel(1)
        .setRanks(Arrays.asList(ranks))
        .setNeighbours(List.of())
        .build();
  }
}
