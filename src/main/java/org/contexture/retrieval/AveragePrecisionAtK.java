package org.contexture.retrieval;

/**
 * Average precision at K, whose mean over the queries is mAP@K: Σ_{i≤K} prec(i) rel(i), divided by
 * one of the two numbers in use.
 *
 * @param divisor what the sum is divided by
 */
public record AveragePrecisionAtK(int k, Divisor divisor) implements RankMetric {

  /** What the sum of precisions is divided by. */
  public enum Divisor {
    /** R, all relevant images, so that what is not among the K nearest counts as missed. */
    RELEVANT("map@"),
    /**
     * The relevant images among the K nearest, so that only the order of what is there counts; 0
     * where there are none.
     */
    HITS("map-by-hits@");

    private final String prefix;

    Divisor(String prefix) {
      this.prefix = prefix;
    }
  }

  public AveragePrecisionAtK {
    CutOff.require(k);
  }

  @Override
  public String name() {
    return divisor.prefix + k;
  }

  @Override
  public boolean definedWithoutRelevant() {
    return false;
  }

  @Override
  public double value(RankedRelevance relevance) {
    int count =
        switch (divisor) {
          case RELEVANT -> relevance.relevant();
          case HITS -> Math.max(1, relevance.hitsWithin(k));
        };
    return relevance.precisionsWithin(k) / count;
  }
}
