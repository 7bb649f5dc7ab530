package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * A query and what was retrieved for it.
 *
 * @param source where the image is from, such as its path
 * @param relevant R: how many images there were to find
 * @param averagePrecisionAtR AP@R of this query, a fraction of 1; NaN where R is 0
 * @param neighbours what was retrieved, the most similar first
 */
public record GalleryQuery(
    Picture picture,
    String className,
    String source,
    int relevant,
    double averagePrecisionAtR,
    List<GalleryNeighbour> neighbours) {

  public GalleryQuery {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(source, "source");
    neighbours = List.copyOf(neighbours);
  }
}
