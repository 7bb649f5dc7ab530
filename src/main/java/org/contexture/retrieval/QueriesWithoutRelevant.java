package org.contexture.retrieval;

/** What becomes of queries for which the gallery holds nothing of their class (R = 0). */
public enum QueriesWithoutRelevant {
  /** They are left out of every mean, as pytorch-metric-learning does. The default. */
  EXCLUDED,

  /**
   * They count as misses for recall, as the reference implementation does; metrics that divide by R
   * have no value for them and leave them out.
   */
  REFERENCE
}
