package org.contexture.retrieval;

import java.util.List;
import java.util.Map;
import org.contexture.failure.Failure;

/**
 * Recall@1 without its interval and without the ranks of all others: what a training that measures
 * again and again needs.
 */
public final class RecallAtOne {
  private RecallAtOne() {}

  /**
   * The share of queries whose nearest neighbour has their class, among those whose class has
   * another image in the gallery: the figure of {@link RecallAtK}. A query is never its own
   * neighbour.
   *
   * @throws Failure if no query has an image of its class to find
   */
  public static double of(EmbeddingTile queries, EmbeddingTile gallery) {
    Map<Integer, int[]> rows = gallery.rowsByLabel();
    List<TopNeighbours> nearest = NeighbourSearch.nearest(queries, gallery, 1);
    long counted = 0;
    long hits = 0;
    for (int query = 0; query < queries.size(); query++) {
      if (hasOther(queries.id(query), gallery, rows.get(queries.label(query)))) {
        counted++;
        hits += nearest.get(query).label(0) == queries.label(query) ? 1 : 0;
      }
    }
    if (counted == 0) {
      throw Failure.data(
          "There is no recall@1: none of the %d queries has an image of its own class to find."
              + " Measure on classes with two images or more, or on a gallery that shares classes"
              + " with the queries.",
          queries.size());
    }
    return (double) hits / counted;
  }

  private static boolean hasOther(long id, EmbeddingTile gallery, int[] ofItsClass) {
    return ofItsClass != null && (ofItsClass.length > 1 || gallery.id(ofItsClass[0]) != id);
  }
}
