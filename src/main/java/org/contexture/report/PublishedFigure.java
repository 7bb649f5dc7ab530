package org.contexture.report;

/**
 * What was published of an experiment.
 *
 * @param recallAt1 Recall@1 on the test classes, a fraction of 1
 * @param readOffPlot whether it was read by eye off a plot
 */
public record PublishedFigure(double recallAt1, boolean readOffPlot) {

  /** In percent, as tables have it: {@code 66.2}, or {@code ~66.2} where it was read off a plot. */
  public String percent() {
    return (readOffPlot ? "~" : "") + Numbers.tenths(recallAt1);
  }
}
