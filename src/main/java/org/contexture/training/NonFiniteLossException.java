package org.contexture.training;

/** A training cannot go on after this batch. */
final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FailedBatch batch;

  NonFiniteLossException(FailedBatch batch) {
    super("a loss of " + batch.loss());
    this.batch = batch;
  }

  FailedBatch batch() {
    return batch;
  }
}
