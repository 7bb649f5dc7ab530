package org.contexture.retrieval;

/** The K of a metric that looks at the K nearest. */
final class CutOff {
  private CutOff() {}

  /**
   * The same number.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  static int require(int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "a metric of the K nearest needs a K of at least 1, not " + k);
    }
    return k;
  }
}
