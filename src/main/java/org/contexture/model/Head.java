package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What turns the last feature map into the embedding, before rows are scaled to length one. */
public enum Head {
  /** Global average pool, then a linear layer: the reference's {@code SOP_Network}. */
  AVERAGE_LINEAR("average_linear"),
  /**
   * Global max pool, layer norm without affine parameters, then a linear layer: the reference's
   * {@code CUB_Network}.
   */
  MAX_NORM_LINEAR("max_norm_linear"),
  /**
   * A linear layer over every position of the map, without a pool: keeps where things are, which
   * pays for small pictures of centred objects.
   */
  FLATTEN_LINEAR("flatten_linear");

  private final String key;

  Head(String key) {
    this.key = key;
  }

  /** The name in experiment files and in checkpoints. */
  public String key() {
    return key;
  }

  /** The head called {@code key}. */
  public static Optional<Head> ofKey(String key) {
    return Arrays.stream(values()).filter(head -> head.key.equals(key)).findFirst();
  }

  /** All names, for messages. */
  public static String keys() {
    return Arrays.stream(values()).map(Head::key).collect(Collectors.joining(", "));
  }
}
