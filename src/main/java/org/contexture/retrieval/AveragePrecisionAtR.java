package org.contexture.retrieval;

/**
 * Average precision at R, whose mean over the queries is mAP@R: (1 / R) Σ_{i≤R} prec(i) rel(i).
 *
 * @see <a href="https://arxiv.org/abs/2003.08505">Musgrave, Belongie, Lim: A Metric Learning
 *     Reality Check, §3.2</a>
 */
public record AveragePrecisionAtR() implements RankMetric {
  @Override
  public String name() {
    return "map@r";
  }

  @Override
  public boolean definedWithoutRelevant() {
    return false;
  }

  @Override
  public double value(RankedRelevance relevance) {
    return relevance.precisionsWithin(relevance.relevant()) / relevance.relevant();
  }
}
