package org.contexture.report;

import java.util.List;

/**
 * What points are worth for retrieval, each searched among all others; fractions of 1, NaN where
 * there is no point to count.
 *
 * @param step after how many steps
 * @param recallAt1 Recall@1 by the true classes
 * @param meanAveragePrecisionAtR mAP@R by the true classes
 * @param stayed share of the wrongly labelled points whose nearest neighbour is of their true class
 * @param followed share of the wrongly labelled points whose nearest neighbour is of the class that
 *     they are said to be
 */
public record ToyMoment(
    int step, double recallAt1, double meanAveragePrecisionAtR, double stayed, double followed) {

  /** The four measures, in their order. */
  public List<Double> measures() {
    return List.of(recallAt1, meanAveragePrecisionAtR, stayed, followed);
  }
}
