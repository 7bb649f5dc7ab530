package org.contexture.retrieval;

/**
 * NDCG@K with gains of 0 and 1: Σ_{i≤K} rel(i) / log₂(i + 1), divided by the same sum of an ideal
 * ranking, which has all relevant images first.
 *
 * @see <a href="https://doi.org/10.1145/582415.582418">Järvelin, Kekäläinen: Cumulated gain-based
 *     evaluation of IR techniques, §2</a>
 */
public record NormalisedGainAtK(int k) implements RankMetric {
  public NormalisedGainAtK {
    CutOff.require(k);
  }

  @Override
  public String name() {
    return "ndcg@" + k;
  }

  @Override
  public boolean definedWithoutRelevant() {
    return false;
  }

  @Override
  public double value(RankedRelevance relevance) {
    double gain = 0;
    int hits = relevance.hitsWithin(k);
    for (int found = 0; found < hits; found++) {
      gain += discounted(relevance.rank(found));
    }
    double ideal = 0;
    for (int rank = 1; rank <= Math.min(k, relevance.relevant()); rank++) {
      ideal += discounted(rank);
    }
    return Math.min(1, gain / ideal);
  }

  private static double discounted(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
