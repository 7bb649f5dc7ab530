package org.contexture.retrieval;

import java.util.Arrays;
import java.util.List;
import org.contexture.record.Neighbours;

/**
 * At which ranks of the whole gallery the class of one query is found, counted from 1: all that a
 * metric needs to know. Immutable.
 */
public final class RankedRelevance {
  private final int[] ranks;

  private RankedRelevance(int[] ranks) {
    this.ranks = ranks;
  }

  /**
   * The relevance of what was found for a query.
   *
   * @throws IllegalArgumentException if the ranks of relevant images do not ascend from 1 or more
   */
  public static RankedRelevance of(Neighbours neighbours) {
    List<Integer> given = neighbours.getRanks();
    int[] ranks = new int[given.size()];
    int before = 0;
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = given.get(i);
      if (ranks[i] <= before) {
        throw new IllegalArgumentException(
            "the ranks of the relevant images of query %d do not ascend: %d after %d"
                .formatted(neighbours.getQueryId(), ranks[i], before));
      }
      before = ranks[i];
    }
    return new RankedRelevance(ranks);
  }

  /** R: how many images of the gallery are relevant. */
  public int relevant() {
    return ranks.length;
  }

  /** The rank of a relevant image; 0 is the nearest. */
  public int rank(int position) {
    return ranks[position];
  }

  /** How many relevant images are among the {@code depth} nearest. */
  public int hitsWithin(int depth) {
    int position = Arrays.binarySearch(ranks, depth);
    return position >= 0 ? position + 1 : -position - 1;
  }

  /** Σ prec(i) rel(i) over the ranks i up to {@code depth}, with prec(i) = Σ_{j≤i} rel(j) / i. */
  public double precisionsWithin(int depth) {
    double sum = 0;
    int hits = hitsWithin(depth);
    for (int found = 0; found < hits; found++) {
      sum += (found + 1.0) / ranks[found];
    }
    return sum;
  }
}
