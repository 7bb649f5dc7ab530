package org.contexture.retrieval;

import java.io.Serializable;

/**
 * A figure of one query's ranking, between 0 and 1, whose mean over the queries is reported. Below,
 * rel(i) is 1 if the neighbour of rank i has the query's class and 0 otherwise, R is the number of
 * such images in the gallery, and prec(k) = Σ_{i≤k} rel(i) / k.
 */
public interface RankMetric extends Serializable {

  /** The name under which the mean is reported, such as {@code recall@1}. */
  String name();

  /** Whether the figure has a value for a query with nothing to find (R = 0). */
  boolean definedWithoutRelevant();

  /** The value for one query. */
  double value(RankedRelevance relevance);
}
