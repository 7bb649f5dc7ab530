package org.contexture.report;

import java.util.Objects;

/**
 * A query that one experiment has right and another has not.
 *
 * @param first what the first retrieves for it
 * @param second what the second retrieves for it
 */
public record Disagreement(GalleryQuery first, GalleryQuery second) {

  public Disagreement {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
  }
}
