package org.contexture.retrieval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Counts, for one query, how many gallery images come before each of its relevant images. Images
 * are placed by their approximate similarities; the exact one decides where these leave a doubt.
 */
final class RankCounter {
  private final EmbeddingTile queries;
  private final int query;
  private final double error;

  /** Of the relevant images, in the order of their ranks. */
  private final double[] similarities;

  private final long[] ids;
  private final int[] gaps;

  private RankCounter(
      EmbeddingTile queries, int query, double error, double[] similarities, long[] ids) {
    this.queries = queries;
    this.query = query;
    this.error = error;
    this.similarities = similarities;
    this.ids = ids;
    this.gaps = new int[ids.length];
  }

  /**
   * A counter that has seen no gallery yet.
   *
   * @param rows of {@code relevant}: all images of the whole gallery with the query's class,
   *     perhaps the query itself
   * @param error how far an approximate similarity can be from the exact one
   */
  static RankCounter of(
      EmbeddingTile queries, int query, EmbeddingTile relevant, int[] rows, double error) {
    int[] others =
        IntStream.of(rows).filter(row -> relevant.id(row) != queries.id(query)).toArray();
    double[] similarities =
        IntStream.of(others).mapToDouble(row -> queries.similarity(query, relevant, row)).toArray();
    int[] order =
        IntStream.range(0, others.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -similarities[i])
                    .thenComparingLong(i -> relevant.id(others[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    return new RankCounter(
        queries,
        query,
        error,
        IntStream.of(order).mapToDouble(i -> similarities[i]).toArray(),
        IntStream.of(order).mapToLong(i -> relevant.id(others[i])).toArray());
  }

  /** Counts {@code count} rows of a gallery tile, from {@code firstRow} on. */
  void count(float[] approximate, int count, EmbeddingTile gallery, int firstRow) {
    if (gaps.length == 0) {
      return;
    }
    double lowest = similarities[similarities.length - 1] - error;
    for (int i = 0; i < count; i++) {
      if (approximate[i] >= lowest) {
        place(approximate[i], gallery, firstRow + i);
      }
    }
  }

  /** What was counted so far. */
  RelevantRanks ranks() {
    return RelevantRanks.ofGaps(gaps);
  }

  private void place(double approximate, EmbeddingTile gallery, int row) {
    int certainlyBefore = countFrom(Math.nextUp(approximate + error));
    int perhapsBefore = countFrom(approximate - error);
    int gap =
        certainlyBefore == perhapsBefore ? certainlyBefore : exactly(certainlyBefore, gallery, row);
    if (gap < gaps.length && gallery.id(row) != queries.id(query)) {
      gaps[gap]++;
    }
  }

  /** How many relevant images come before a gallery image, given that some certainly do. */
  private int exactly(int certainlyBefore, EmbeddingTile gallery, int row) {
    double similarity = queries.similarity(query, gallery, row);
    long id = gallery.id(row);
    int before = certainlyBefore;
    while (before < ids.length
        && (similarities[before] > similarity
            || (similarities[before] == similarity && ids[before] < id))) {
      before++;
    }
    return before;
  }

  /** How many relevant images have at least a similarity. */
  private int countFrom(double similarity) {
    int from = 0;
    int to = similarities.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (similarities[middle] >= similarity) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
