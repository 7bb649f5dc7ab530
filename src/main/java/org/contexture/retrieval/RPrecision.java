package org.contexture.retrieval;

/** R-Precision: prec(R), the share of relevant images among the R nearest neighbours. */
public record RPrecision() implements RankMetric {
  @Override
  public String name() {
    return "r-precision";
  }

  @Override
  public boolean definedWithoutRelevant() {
    return false;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return (double) relevance.hitsWithin(relevance.relevant()) / relevance.relevant();
  }
}
