package org.contexture.retrieval;

import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.record.Neighbours;

/** Evaluation of one tile against itself: every image is a query, all others are its gallery. */
public final class LeaveOneOut {
  private LeaveOneOut() {}

  /** What is found for every image among the others, in the order of the tile. */
  static List<Neighbours> neighbours(EmbeddingTile tile, int depth) {
    return NeighbourSearch.retrieved(tile, tile, depth).stream().map(Retrieved::toRecord).toList();
  }

  /**
   * The share of images whose nearest neighbour has their class, among those whose class has
   * another image.
   *
   * @throws Failure if no class has two images
   */
  public static double recallAtOne(EmbeddingTile tile) {
    RetrievalMetrics metrics =
        RetrievalMetrics.of(List.of(new RecallAtK(1)), QueriesWithoutRelevant.EXCLUDED);
    neighbours(tile, 1).forEach(metrics::add);
    return metrics.results().get(0).getValue();
  }
}
