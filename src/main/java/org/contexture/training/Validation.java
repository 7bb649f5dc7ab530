package org.contexture.training;

import ai.djl.ndarray.NDManager;
import org.contexture.image.TestView;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.RecallAtOne;

/** Recall@1 of a network on classes it is not trained on. */
final class Validation {
  private final EmbeddedExamples examples;
  private final MeasuredExamples measured;

  /**
   * A validation.
   *
   * @param measured the examples of those classes
   */
  Validation(BatchLoader loader, TestView view, MeasuredExamples measured) {
    this.examples = new EmbeddedExamples(loader, view, measured.numbers());
    this.measured = measured;
  }

  /** Whether there are no such examples. */
  boolean isEmpty() {
    return examples.isEmpty();
  }

  /** A fraction of 1. */
  double recallAtOne(EmbeddingNetwork network, NDManager manager) {
    EmbeddingTile all = examples.by(network, manager);
    return RecallAtOne.of(measured.queries(all), measured.gallery(all));
  }
}
