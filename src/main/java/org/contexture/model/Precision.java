package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * How wide numbers are inside the backbone, and in the linear layer of {@link Head#PYRAMID_LINEAR},
 * which has as many weights. What follows the backbone in other heads, and embeddings are always
 * float32, and so are weights, statistics and gradients of a network that is trained.
 */
public enum Precision {
  /** 24 bits of mantissa: what the same bytes on every run of one machine are promised for. */
  FLOAT32("float32", 6),
  /**
   * 8 bits of mantissa with the range of float32, for images, convolutions and all between them:
   * faster on most processors and GPUs with instructions for it, and slower on those without.
   */
  BFLOAT16("bfloat16", 15),
  /**
   * 11 bits of mantissa and numbers up to 65,504, in the same places: for GPUs without bfloat16.
   * Small gradients vanish in it, so training multiplies the loss.
   */
  FLOAT16("float16", 5);

  private final String key;
  private final int scalarType;

  Precision(String key, int scalarType) {
    this.key = key;
    this.scalarType = scalarType;
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }

  /** The number that TorchScript has for it, of {@code c10::ScalarType}. */
  int scalarType() {
    return scalarType;
  }

  /** The precision called {@code key}. */
  public static Optional<Precision> ofKey(String key) {
    return Arrays.stream(values()).filter(precision -> precision.key.equals(key)).findFirst();
  }
}
