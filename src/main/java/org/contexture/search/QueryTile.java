package org.contexture.search;

import java.util.List;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.TopNeighbours;

/** Queries from outside of a gallery, and what is found for them. */
final class QueryTile {
  private QueryTile() {}

  /** Queries under ids that no image of a gallery has: those are not below zero. */
  static EmbeddingTile of(float[][] queries, int dimensions) {
    float[] vectors = new float[Math.multiplyExact(queries.length, dimensions)];
    long[] ids = new long[queries.length];
    for (int query = 0; query < queries.length; query++) {
      System.arraycopy(queries[query], 0, vectors, query * dimensions, dimensions);
      ids[query] = -1L - query;
    }
    return EmbeddingTile.of(ids, new int[queries.length], vectors, dimensions);
  }

  /** For each query what was found. */
  static List<List<Match>> matches(List<TopNeighbours> found) {
    return found.stream().map(QueryTile::matches).toList();
  }

  private static List<Match> matches(TopNeighbours found) {
    return IntStream.range(0, found.size())
        .mapToObj(rank -> new Match(found.id(rank), found.similarity(rank)))
        .toList();
  }
}
