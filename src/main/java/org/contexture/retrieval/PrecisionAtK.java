package org.contexture.retrieval;

/**
 * Precision@K: prec(K), the share of relevant images among the K nearest neighbours, which stays
 * below 1 where there are fewer than K to find. A query with nothing to find has 0.
 */
public record PrecisionAtK(int k) implements RankMetric {
  public PrecisionAtK {
    CutOff.require(k);
  }

  @Override
  public String name() {
    return "precision@" + k;
  }

  @Override
  public boolean definedWithoutRelevant() {
    return true;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return (double) relevance.hitsWithin(k) / k;
  }
}
