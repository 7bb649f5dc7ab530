package org.contexture.model;

/** What batch normalisation does while a network trains. */
public enum BatchNormMode {
  /**
   * Normalises by the batch, and updates the running statistics (momentum 0.1); the affine
   * parameters train.
   */
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
}
