package org.contexture.report;

import java.util.Objects;

/**
 * An image that was retrieved.
 *
 * @param similarity cosine with the query
 * @param verdict whether it is of the query's class
 */
public record GalleryNeighbour(
    Picture picture, String className, double similarity, Verdict verdict) {

  /** Whether what was retrieved is what was asked for. */
  public enum Verdict {
    RIGHT("✓", "right"),
    WRONG("✗", "wrong");

    private final String sign;
    private final String word;

    Verdict(String sign, String word) {
      this.sign = sign;
      this.word = word;
    }

    String sign() {
      return sign;
    }

    String word() {
      return word;
    }
  }

  public GalleryNeighbour {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(verdict, "verdict");
  }
}
