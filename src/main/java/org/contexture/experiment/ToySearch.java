package org.contexture.experiment;

import java.util.List;
import org.contexture.record.ToyPoint;
import org.contexture.report.ToyMoment;
import org.contexture.retrieval.AveragePrecisionAtR;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.RankedRelevance;
import org.contexture.retrieval.Retrieved;

/** Searches each point of a toy experiment among all others. */
final class ToySearch {
  private final List<ToyPoint> points;
  private final List<Retrieved> found;

  /** A search among the points of one step. */
  ToySearch(List<ToyPoint> points) {
    this.points = List.copyOf(points);
    long[] ids = new long[points.size()];
    int[] labels = new int[points.size()];
    float[] vectors = new float[2 * points.size()];
    for (int i = 0; i < ids.length; i++) {
      ToyPoint point = points.get(i);
      ids[i] = point.getId();
      labels[i] = point.getLabel();
      vectors[2 * i] = point.getX();
      vectors[2 * i + 1] = point.getY();
    }
    EmbeddingTile tile = EmbeddingTile.of(ids, labels, vectors, 2);
    found = NeighbourSearch.retrieved(tile, tile, 1);
  }

  /** What the points are worth; where none is wrongly labelled, their shares are NaN. */
  ToyMoment moment() {
    AveragePrecisionAtR precision = new AveragePrecisionAtR();
    double hits = 0;
    double precisions = 0;
    double wrong = 0;
    double stayed = 0;
    double followed = 0;
    for (int i = 0; i < points.size(); i++) {
      ToyPoint point = points.get(i);
      int nearest = found.get(i).nearest().label(0);
      hits += nearest == point.getLabel() ? 1 : 0;
      precisions += precision.value(RankedRelevance.of(found.get(i).toRecord()));
      if (point.getGivenLabel() != point.getLabel()) {
        wrong++;
        stayed += nearest == point.getLabel() ? 1 : 0;
        followed += nearest == point.getGivenLabel() ? 1 : 0;
      }
    }
    return new ToyMoment(
        points.get(0).getStep(),
        hits / points.size(),
        precisions / points.size(),
        stayed / wrong,
        followed / wrong);
  }
}
