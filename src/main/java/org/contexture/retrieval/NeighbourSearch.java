package org.contexture.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the nearest neighbours of a tile of queries in a gallery that is handed over tile by tile,
 * and where the relevant images stand in the ranking of all. Holds {@code depth} neighbours a
 * query, 20 bytes each, and as much for each relevant image, and while it searches a tile a few
 * times as much for some hundred queries, and 1 MiB.
 *
 * <p>Not thread-safe; searches of different tiles in different threads share nothing.
 */
public final class NeighbourSearch {
  private final EmbeddingTile queries;
  private final int depth;
  private final double error;
  private final NearestHeap[] nearest;

  /** For each query; empty where ranks are not asked for. */
  private final List<RankCounter> counters;

  private NeighbourSearch(EmbeddingTile queries, int depth, List<RankCounter> counters) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, not " + depth);
    }
    this.queries = queries;
    this.depth = depth;
    this.error = ApproximateSimilarities.error(queries.dimensions());
    this.nearest = new NearestHeap[queries.size()];
    Arrays.setAll(nearest, query -> new NearestHeap(depth));
    this.counters = counters;
  }

  /**
   * A search for neighbours alone, that has seen no gallery yet.
   *
   * @param depth how many neighbours to keep a query, at least 1
   */
  public static NeighbourSearch ofNearest(EmbeddingTile queries, int depth) {
    return new NeighbourSearch(queries, depth, List.of());
  }

  /**
   * A search for neighbours and for the ranks of relevant images, that has seen no gallery yet.
   *
   * @param depth how many neighbours to keep a query, at least 1
   * @param relevant all images of the whole gallery that have the class of a query here, and
   *     perhaps others
   */
  public static NeighbourSearch ofRanked(EmbeddingTile queries, int depth, EmbeddingTile relevant) {
    requireDimensions(queries, relevant);
    double error = ApproximateSimilarities.error(queries.dimensions());
    Map<Integer, int[]> rows = relevant.rowsByLabel();
    return new NeighbourSearch(
        queries,
        depth,
        IntStream.range(0, queries.size())
            .mapToObj(
                query ->
                    RankCounter.of(
                        queries,
                        query,
                        relevant,
                        rows.getOrDefault(queries.label(query), new int[0]),
                        error))
            .toList());
  }

  /** What the nearest neighbours of each query in one gallery tile are, in the order of queries. */
  public static List<TopNeighbours> nearest(
      EmbeddingTile queries, EmbeddingTile gallery, int depth) {
    NeighbourSearch search = ofNearest(queries, depth);
    search.add(gallery);
    return search.neighbours();
  }

  /** What is found for each query in a gallery of one tile, in the order of queries. */
  public static List<Retrieved> retrieved(EmbeddingTile queries, EmbeddingTile gallery, int depth) {
    NeighbourSearch search = ofRanked(queries, depth, gallery);
    search.add(gallery);
    return search.retrieved();
  }

  /**
   * Searches one more tile of the gallery, which shares no id with the tiles before it.
   *
   * @throws IllegalArgumentException if its vectors have another length than those of the queries
   */
  public void add(EmbeddingTile gallery) {
    requireDimensions(queries, gallery);
    ApproximateSimilarities approximate = new ApproximateSimilarities(queries, gallery);
    for (int query = 0; query < queries.size(); query += ApproximateSimilarities.GROUP) {
      searchGroup(approximate, query, gallery);
    }
  }

  private static void requireDimensions(EmbeddingTile queries, EmbeddingTile gallery) {
    if (gallery.dimensions() != queries.dimensions()) {
      throw new IllegalArgumentException(
          "queries have %d dimensions, the gallery %d"
              .formatted(queries.dimensions(), gallery.dimensions()));
    }
  }

  /** The nearest that were found so far, in the order of queries. */
  public List<TopNeighbours> neighbours() {
    return IntStream.range(0, queries.size()).mapToObj(this::neighbours).toList();
  }

  private TopNeighbours neighbours(int query) {
    return TopNeighbours.drain(queries.id(query), depth, nearest[query].copy());
  }

  /**
   * All that was found so far, in the order of queries.
   *
   * @throws IllegalStateException if ranks were not asked for
   */
  public List<Retrieved> retrieved() {
    if (counters.size() < queries.size()) {
      throw new IllegalStateException("a search for neighbours alone");
    }
    return IntStream.range(0, queries.size())
        .mapToObj(
            query ->
                new Retrieved(queries.label(query), neighbours(query), counters.get(query).ranks()))
        .toList();
  }

  private void searchGroup(
      ApproximateSimilarities approximate, int firstQuery, EmbeddingTile gallery) {
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
        if (!counters.isEmpty()) {
          counters.get(firstQuery + i).count(approximate.of(i), images, gallery, image);
        }
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
}
