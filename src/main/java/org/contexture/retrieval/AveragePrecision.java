package org.contexture.retrieval;

/**
 * Average precision over the whole ranking, whose mean over the queries is mAP: (1 / R) Σ_i prec(i)
 * rel(i).
 */
public record AveragePrecision() implements RankMetric {
  @Override
  public String name() {
    return "map";
  }

  @Override
  public boolean definedWithoutRelevant() {
    return false;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return relevance.precisionsWithin(Integer.MAX_VALUE) / relevance.relevant();
  }
}
