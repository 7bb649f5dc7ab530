package org.contexture.retrieval;

/**
 * The reciprocal of the rank of the first relevant image, whose mean over the queries is MRR. A
 * query with nothing to find has 0.
 */
public record ReciprocalRank() implements RankMetric {
  @Override
  public String name() {
    return "mrr";
  }

  @Override
  public boolean definedWithoutRelevant() {
    return true;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return relevance.relevant() == 0 ? 0 : 1.0 / relevance.rank(0);
  }
}
