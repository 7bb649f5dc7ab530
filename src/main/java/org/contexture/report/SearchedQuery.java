package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * A picture that was searched for, and what was found.
 *
 * @param name what its user calls it, such as its path
 * @param found the most similar first
 */
public record SearchedQuery(Picture picture, String name, List<SearchedImage> found) {

  public SearchedQuery {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(name, "name");
    found = List.copyOf(found);
  }
}
