package org.contexture.retrieval;

/**
 * Recall@K as retrieval papers use the word: 1 if any of the K nearest neighbours is relevant, 0
 * otherwise; max_{i≤K} rel(i). A query with nothing to find misses.
 */
public record RecallAtK(int k) implements RankMetric {
  public RecallAtK {
    CutOff.require(k);
  }

  @Override
  public String name() {
    return "recall@" + k;
  }

  @Override
  public boolean definedWithoutRelevant() {
    return true;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return relevance.hitsWithin(k) > 0 ? 1 : 0;
  }
}
