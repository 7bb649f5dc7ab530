package org.contexture.training;

/** A training cannot go on after this batch. */
final class NonFiniteBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FailedBatch batch;

  NonFiniteBatchException(FailedBatch batch) {
    super("the " + batch.finding());
    this.batch = batch;
  }

  FailedBatch batch() {
    return batch;
  }
}
