package org.contexture.report;

/** What part a model plays in an experiment. */
public enum ModelRole {
  /** The network before any training. */
  UNTRAINED("Untrained"),
  /** Where training starts from: the result of the first stage, or weights that were given. */
  PRETRAINED("Pre-trained"),
  /** The model that the experiment is about. */
  TRAINED("Trained"),
  /** The trained model, its rankings put into another order. */
  RERANKED("Re-ranked"),
  /** As many further steps as the trained model had, with the loss of the pre-training. */
  CONTROL("Control");

  private final String title;

  ModelRole(String title) {
    this.title = title;
  }

  /** What the report calls it. */
  String title() {
    return title;
  }
}
