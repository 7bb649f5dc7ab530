package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * What the embeddings look like apart from any ranking.
 *
 * @param models how each model's do, in the order of training
 * @param map where the test images lie for the model that the report is about
 */
public record SpaceFacts(List<ModelSpace> models, List<MapPoint> map) {

  public SpaceFacts {
    models = List.copyOf(models);
    map = List.copyOf(map);
  }

  /** Nothing known. */
  public static SpaceFacts none() {
    return new SpaceFacts(List.of(), List.of());
  }

  /**
   * The embeddings of one model.
   *
   * @param role the model
   * @param statistics named as in {@code EmbeddingStatistic}: {@code uniformity}, {@code nmi}
   * @param histogram of the cosine similarities of pairs, in adjoining bins, ascending
   */
  public record ModelSpace(ModelRole role, List<NamedNumber> statistics, List<PairBin> histogram) {
    public ModelSpace {
      Objects.requireNonNull(role, "role");
      statistics = List.copyOf(statistics);
      histogram = List.copyOf(histogram);
    }
  }

  /**
   * Pairs of images whose similarity lies within bounds.
   *
   * @param low the lower bound
   * @param high the upper bound
   * @param positives how many pairs of the same class
   * @param negatives how many pairs of different classes
   */
  public record PairBin(double low, double high, long positives, long negatives) {}

  /**
   * An image on the maps.
   *
   * @param near its place on the map that keeps near images near
   * @param wide its place on the map that keeps the directions of most spread
   * @param className its class
   * @param group what it is coloured by: its super class, or its class where there is but one
   */
  public record MapPoint(Place near, Place wide, String className, String group) {}

  /** A place on a map, whose scale does not matter. */
  public record Place(double x, double y) {
    boolean isFinite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }
}
