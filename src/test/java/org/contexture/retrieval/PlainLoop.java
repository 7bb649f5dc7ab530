package org.contexture.retrieval;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Neighbours by sorting the whole gallery, the obvious way: what a search must equal. */
final class PlainLoop {
  private PlainLoop() {}

  /** The ids of the nearest images to one query, at most {@code depth}. */
  static List<Long> nearest(EmbeddingTile queries, int query, EmbeddingTile gallery, int depth) {
    return IntStream.range(0, gallery.size())
        .filter(row -> gallery.id(row) != queries.id(query))
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer row) -> -queries.similarity(query, gallery, row))
                .thenComparingLong(gallery::id))
        .limit(depth)
        .map(gallery::id)
        .toList();
  }

  /** How many images of the gallery have the label of a query, itself not counted. */
  static int relevant(EmbeddingTile queries, int query, EmbeddingTile gallery) {
    return (int)
        IntStream.range(0, gallery.size())
            .filter(row -> gallery.id(row) != queries.id(query))
            .filter(row -> gallery.label(row) == queries.label(query))
            .count();
  }

  /** The ids that were found, the nearest first. */
  static List<Long> ids(TopNeighbours neighbours) {
    return IntStream.range(0, neighbours.size()).mapToObj(neighbours::id).toList();
  }
}
