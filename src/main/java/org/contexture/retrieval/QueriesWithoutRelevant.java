package org.contexture.retrieval;

/** What becomes of queries for which the gallery holds nothing of their class (R = 0). */
public enum QueriesWithoutRelevant {
  /** They are left out of every mean, as pytorch-metric-learning does. The default. */
  EXCLUDED("excluded"),

  /**
   * They count as misses for recall, as the reference implementation does; metrics that divide by R
   * have no value for them and leave them out.
   */
  REFERENCE("reference");

  private final String key;

  QueriesWithoutRelevant(String key) {
    this.key = key;
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }
}
