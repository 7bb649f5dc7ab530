package org.contexture.model;

/** Which parameters of a network a pass has gradients for. */
public enum TrainedPart {
  /** All that train in the batch-norm mode. */
  ALL,
  /** Those of the head; the backbone is frozen. */
  HEAD;

  boolean contains(StateEntry entry) {
    return this == ALL || !entry.inBackbone();
  }
}
