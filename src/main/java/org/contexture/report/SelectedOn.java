package org.contexture.report;

/** What decided which weights of a training were kept. */
public enum SelectedOn {
  VALIDATION("validation classes"),
  /** The papers' protocol; the figures are optimistic. */
  TEST("test classes"),
  /** Nothing: they are the last. What was measured was measured on the validation classes. */
  NOTHING("validation classes");

  private final String measured;

  SelectedOn(String measured) {
    this.measured = measured;
  }

  /** The classes that Recall@1 was measured on while training. */
  String measured() {
    return measured;
  }
}
