package org.contexture.report;

import java.util.List;

/**
 * Queries to look at, as the trained model answers them.
 *
 * @param random drawn by a seed, whatever they look like
 * @param best those with the highest AP@R
 * @param worst those with the lowest
 */
public record Gallery(
    List<GalleryQuery> random, List<GalleryQuery> best, List<GalleryQuery> worst) {
  private static final Gallery EMPTY = new Gallery(List.of(), List.of(), List.of());

  public Gallery {
    random = List.copyOf(random);
    best = List.copyOf(best);
    worst = List.copyOf(worst);
  }

  /** A gallery without a query. */
  public static Gallery empty() {
    return EMPTY;
  }
}
