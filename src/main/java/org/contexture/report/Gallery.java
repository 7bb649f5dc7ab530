package org.contexture.report;

import java.util.List;

/**
 * Queries to look at, as the trained model answers them.
 *
 * @param random drawn by a seed, whatever they look like
 * @param best those with the highest AP@R
 * @param worst those with the lowest
 * @param byClass one of each of some classes, by the names of the classes
 */
public record Gallery(
    List<GalleryQuery> random,
    List<GalleryQuery> best,
    List<GalleryQuery> worst,
    List<GalleryQuery> byClass) {
  private static final Gallery EMPTY = new Gallery(List.of(), List.of(), List.of(), List.of());

  public Gallery {
    random = List.copyOf(random);
    best = List.copyOf(best);
    worst = List.copyOf(worst);
    byClass = List.copyOf(byClass);
  }

  boolean isEmpty() {
    return random.isEmpty() && best.isEmpty() && worst.isEmpty() && byClass.isEmpty();
  }

  /** A gallery without a query. */
  public static Gallery empty() {
    return EMPTY;
  }
}
