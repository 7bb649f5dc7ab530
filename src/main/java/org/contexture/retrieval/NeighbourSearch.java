package org.contexture.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the nearest neighbours of a tile of queries in a gallery that is handed over tile by tile.
 * Holds {@code depth} neighbours a query, 20 bytes each, and while it searches a tile a few times
 * as much for some hundred queries, and 1 MiB.
 *
 * <p>Not thread-safe; searches of different tiles in different threads share nothing.
 */
public final class NeighbourSearch {
  private final EmbeddingTile queries;
  private final int depth;
  private final NearestHeap[] nearest;
  private final int[] relevant;
  private final Map<Long, Integer> rowOfQuery = new HashMap<>();

  /**
   * A search that has seen no gallery yet.
   *
   * @param depth how many neighbours to keep a query, at least 1
   */
  public NeighbourSearch(EmbeddingTile queries, int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, not " + depth);
    }
    this.queries = queries;
    this.depth = depth;
    this.nearest = new NearestHeap[queries.size()];
    this.relevant = new int[queries.size()];
    for (int query = 0; query < queries.size(); query++) {
      nearest[query] = new NearestHeap(depth);
      rowOfQuery.put(queries.id(query), query);
    }
  }

  /** What the nearest neighbours of each query in one gallery tile are, in the order of queries. */
  public static List<TopNeighbours> of(EmbeddingTile queries, EmbeddingTile gallery, int depth) {
    NeighbourSearch search = new NeighbourSearch(queries, depth);
    search.add(gallery);
    return search.neighbours();
  }

  /**
   * Searches one more tile of the gallery, which shares no id with the tiles before it.
   *
   * @throws IllegalArgumentException if its vectors have another length than those of the queries
   */
  public void add(EmbeddingTile gallery) {
    if (gallery.dimensions() != queries.dimensions()) {
      throw new IllegalArgumentException(
          "queries have %d dimensions, the gallery %d"
              .formatted(queries.dimensions(), gallery.dimensions()));
    }
    countRelevant(gallery);
    ApproximateSimilarities approximate = new ApproximateSimilarities(queries, gallery);
    for (int query = 0; query < queries.size(); query += ApproximateSimilarities.GROUP) {
      searchGroup(approximate, query, gallery);
    }
  }

  /** What was found so far, in the order of queries. */
  public List<TopNeighbours> neighbours() {
    List<TopNeighbours> found = new ArrayList<>(queries.size());
    for (int query = 0; query < queries.size(); query++) {
      found.add(
          TopNeighbours.drain(
              queries.id(query),
              queries.label(query),
              relevant[query],
              depth,
              nearest[query].copy()));
    }
    return found;
  }

  private void searchGroup(
      ApproximateSimilarities approximate, int firstQuery, EmbeddingTile gallery) {
    double error = ApproximateSimilarities.error(queries.dimensions());
    int group = Math.min(ApproximateSimilarities.GROUP, queries.size() - firstQuery);
    Candidates[] candidates = new Candidates[group];
    for (int i = 0; i < group; i++) {
      candidates[i] = new Candidates(depth, nearest[firstQuery + i].threshold(), error);
    }
    for (int image = 0; image < gallery.size(); image += ApproximateSimilarities.BLOCK) {
      int images = Math.min(ApproximateSimilarities.BLOCK, gallery.size() - image);
      approximate.compute(firstQuery, image);
      for (int i = 0; i < group; i++) {
        candidates[i].consider(approximate.of(i), images, image);
      }
    }
    for (int i = 0; i < group; i++) {
      offerExactly(firstQuery + i, gallery, candidates[i].rows());
    }
  }

  private void offerExactly(int query, EmbeddingTile gallery, int[] rows) {
    for (int row : rows) {
      if (gallery.id(row) != queries.id(query)) {
        nearest[query].offer(
            gallery.id(row), gallery.label(row), queries.similarity(query, gallery, row));
      }
    }
  }

  private void countRelevant(EmbeddingTile gallery) {
    Map<Integer, Integer> imagesOfLabel = new HashMap<>();
    for (int row = 0; row < gallery.size(); row++) {
      imagesOfLabel.merge(gallery.label(row), 1, Integer::sum);
      Integer query = rowOfQuery.get(gallery.id(row));
      if (query != null && queries.label(query) == gallery.label(row)) {
        relevant[query]--;
      }
    }
    for (int query = 0; query < queries.size(); query++) {
      relevant[query] += imagesOfLabel.getOrDefault(queries.label(query), 0);
    }
  }
}
