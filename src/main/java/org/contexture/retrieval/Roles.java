package org.contexture.retrieval;

import org.contexture.record.Split;

/** What an image that is embedded does in a retrieval: it is asked, searched, or both. */
public final class Roles {
  private Roles() {}

  /** Whether an image is asked for its neighbours. */
  public static boolean isAsked(Split split) {
    return split != Split.GALLERY;
  }

  /** Whether an image is there to be found. */
  public static boolean isSearched(Split split) {
    return split != Split.QUERY;
  }
}
