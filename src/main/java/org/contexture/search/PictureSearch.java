package org.contexture.search;

import org.contexture.image.ImageException;
import org.contexture.report.SearchedQuery;

/** What a {@link SearchServer} does with a picture. */
@FunctionalInterface
public interface PictureSearch {

  /**
   * Searches for a picture; the server asks one at a time.
   *
   * @param encoded a whole file, of whatever was sent
   * @throws ImageException if it cannot be decoded or resized
   */
  SearchedQuery find(byte[] encoded) throws ImageException;
}
