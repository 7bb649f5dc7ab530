package org.contexture.retrieval;

import java.util.Arrays;
import java.util.List;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;

/**
 * At which ranks of one query's neighbours its class is found, counted from 1: all that a metric
 * needs to know.
 *
 * <p>A list that is shorter than a metric needs is accepted only when it holds all relevant images,
 * because then nothing further down can change the value; that is so whenever the gallery itself is
 * smaller. Everything else is a search that was not deep enough, and an error.
 */
public final class RankedRelevance {
  private final long queryId;
  private final int relevant;
  private final int depth;
  private final int[] hits;

  private RankedRelevance(long queryId, int relevant, int depth, int[] hits) {
    this.queryId = queryId;
    this.relevant = relevant;
    this.depth = depth;
    this.hits = hits;
  }

  /**
   * The relevance of a query's neighbours.
   *
   * @throws IllegalArgumentException if they hold more relevant images than the gallery
   */
  public static RankedRelevance of(Neighbours neighbours) {
    List<Neighbour> list = neighbours.getNeighbours();
    int[] hits = new int[Math.min(list.size(), Math.max(0, neighbours.getRelevant()))];
    int count = 0;
    int rank = 0;
    for (Neighbour neighbour : list) {
      rank++;
      if (neighbour.getLabel() == neighbours.getQueryLabel()) {
        if (count == hits.length) {
          throw new IllegalArgumentException(
              "the neighbours of query %d hold more than the %d relevant images of the gallery"
                  .formatted(neighbours.getQueryId(), neighbours.getRelevant()));
        }
        hits[count++] = rank;
      }
    }
    return new RankedRelevance(
        neighbours.getQueryId(), neighbours.getRelevant(), list.size(), Arrays.copyOf(hits, count));
  }

  /** R: how many images of the gallery are relevant. */
  public int relevant() {
    return relevant;
  }

  /**
   * The ranks up to {@code depth} at which relevant images are, ascending, the first rank being 1.
   *
   * @throws IllegalArgumentException if the list is too short to tell
   */
  public int[] hitsWithin(int depth) {
    if (this.depth < depth && hits.length < relevant) {
      throw new IllegalArgumentException(
          ("the list of query %d holds %d neighbours, among them %d of %d relevant images, where %d"
                  + " neighbours are needed: search deeper")
              .formatted(queryId, this.depth, hits.length, relevant, depth));
    }
    int count = 0;
    while (count < hits.length && hits[count] <= depth) {
      count++;
    }
    return Arrays.copyOf(hits, count);
  }
}
