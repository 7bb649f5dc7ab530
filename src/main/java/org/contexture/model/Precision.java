package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How wide numbers are inside the backbone. Weights, statistics, the head and embeddings are always
 * float32, and so are gradients of weights.
 */
public enum Precision {
  /** 24 bits of mantissa: what the same bytes on every run of one machine are promised for. */
  FLOAT32("float32"),
  /**
   * 8 bits of mantissa with the range of float32, for images, convolutions and all between them:
   * twice as fast and more where the processor or GPU has instructions for it, and several times
   * slower where it has none.
   */
  BFLOAT16("bfloat16");

  private final String key;

  Precision(String key) {
    this.key = key;
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }

  /** The precision called {@code key}. */
  public static Optional<Precision> ofKey(String key) {
    return Arrays.stream(values()).filter(precision -> precision.key.equals(key)).findFirst();
  }

  /** All names, for messages. */
  public static String keys() {
    return Arrays.stream(values()).map(Precision::key).collect(Collectors.joining(", "));
  }
}
