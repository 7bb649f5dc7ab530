package org.contexture.retrieval;

/**
 * Recall@K as retrieval papers use the word: 1 if any of the K nearest neighbours is relevant, 0
 * otherwise; max_{i≤K} rel(i). A query with nothing to find misses.
 */
public record RecallAtK(int k) implements RankMetric {
  public RecallAtK {
    if (k < 1) {
      throw new IllegalArgumentException("recall@K needs a K of at least 1, not " + k);
    }
  }

  @Override
  public String name() {
    return "recall@" + k;
  }

  @Override
  public int depth(int relevant) {
    return k;
  }

  @Override
  public boolean definedWithoutRelevant() {
    return true;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return relevance.hitsWithin(k).length > 0 ? 1 : 0;
  }
}
