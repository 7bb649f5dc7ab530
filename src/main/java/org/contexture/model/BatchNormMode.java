package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What batch normalisation does while a network trains. */
public enum BatchNormMode {
  /** Normalises by the batch, and updates the running statistics (momentum 0.1). */
  TRAINING("training"),
  /** Normalises by the running statistics, which stay; the affine parameters train: 256 track. */
  FROZEN_STATISTICS("frozen_statistics"),
  /** Normalises by the running statistics; neither they nor the affine parameters change. */
  FROZEN("frozen");

  private final String key;

  BatchNormMode(String key) {
    this.key = key;
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }

  /** The mode called {@code key}. */
  public static Optional<BatchNormMode> ofKey(String key) {
    return Arrays.stream(values()).filter(mode -> mode.key.equals(key)).findFirst();
  }

  /** All names, for messages. */
  public static String keys() {
    return Arrays.stream(values()).map(BatchNormMode::key).collect(Collectors.joining(", "));
  }
}
