package org.contexture.retrieval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** The ranks, from 1, of the images that have the label of a query, itself not counted. */
  static List<Integer> ranks(EmbeddingTile queries, int query, EmbeddingTile gallery) {
    Map<Long, Integer> labels = new HashMap<>();
    for (int row = 0; row < gallery.size(); row++) {
      labels.put(gallery.id(row), gallery.label(row));
    }
    List<Long> all = nearest(queries, query, gallery, gallery.size());
    return IntStream.range(0, all.size())
        .filter(place -> labels.get(all.get(place)) == queries.label(query))
        .mapToObj(place -> place + 1)
        .toList();
  }

  /** The ranks that were found. */
  static List<Integer> ranks(RelevantRanks ranks) {
    return Arrays.stream(ranks.ranks()).boxed().toList();
  }

  /** The ids that were found, the nearest first. */
  static List<Long> ids(TopNeighbours neighbours) {
    return IntStream.range(0, neighbours.size()).mapToObj(neighbours::id).toList();
  }
}
