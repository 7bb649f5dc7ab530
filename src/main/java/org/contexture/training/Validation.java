package org.contexture.training;

import ai.djl.ndarray.NDManager;
import org.contexture.image.TestView;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.retrieval.LeaveOneOut;

/** Recall@1 of a network on classes it is not trained on, each image against all others of them. */
final class Validation {
  private final EmbeddedExamples examples;

  /**
   * A validation.
   *
   * @param numbers the examples of those classes
   */
  Validation(BatchLoader loader, TestView view, int[] numbers) {
    examples = new EmbeddedExamples(loader, view, numbers);
  }

  /** Whether there are no such examples. */
  boolean isEmpty() {
    return examples.isEmpty();
  }

  /** A fraction of 1. */
  double recallAtOne(EmbeddingNetwork network, NDManager manager) {
    return LeaveOneOut.recallAtOne(examples.by(network, manager));
  }
}
