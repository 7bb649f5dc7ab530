package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * One minus the mean average precision of a batch whose images are each searched for among all of
 * it, with the steps that ranks are counted by replaced by something that has a gradient. An image
 * counts among its own positives.
 *
 * <p>With a logistic function for every step it is Smooth-AP (Brown et al.: Smooth-AP: Smoothing
 * the Path Towards Large-Scale Image Retrieval, ECCV 2020, equation 4). With the true step for
 * positives and an upper bound for negatives it is SupAP (Ramzi et al.: Robust and Decomposable
 * Average Precision for Image Retrieval, NeurIPS 2021, equation 4).
 */
final class SmoothedAveragePrecisionLoss implements Loss {
  static final String SMOOTH_AP = "smooth_ap";
  static final String SUP_AP = "sup_ap";
  private static final int[] LAST = {2};
  private static final int[] COLUMNS = {1};

  private final String term;
  private final Step positives;
  private final Step negatives;

  /** What stands for the step at 0, element by element. */
  @FunctionalInterface
  interface Step {
    NDArray of(NDArray differences);
  }

  private SmoothedAveragePrecisionLoss(String term, Step positives, Step negatives) {
    this.term = term;
    this.positives = positives;
    this.negatives = negatives;
  }

  /**
   * Smooth-AP.
   *
   * @param temperature what differences of cosines are divided by
   */
  static SmoothedAveragePrecisionLoss smooth(double temperature) {
    Step logistic = differences -> Logistic.of(differences, (float) temperature);
    return new SmoothedAveragePrecisionLoss(SMOOTH_AP, logistic, logistic);
  }

  /**
   * SupAP: for negatives a logistic function up to 0, the same plus 1/2 up to {@code delta}, and a
   * line from there on.
   *
   * @param temperature of the logistic function
   * @param delta where the line begins
   * @param slope of the line
   * @param offset of the line, at 0
   */
  static SmoothedAveragePrecisionLoss upperBound(
      double temperature, double delta, double slope, double offset) {
    return new SmoothedAveragePrecisionLoss(
        SUP_AP,
        differences -> Indicator.of(differences.stopGradient().gte(0f)),
        differences -> {
          NDArray values = differences.stopGradient();
          NDArray above = Indicator.of(values.gt(0f));
          NDArray far = Indicator.of(values.gt((float) delta));
          NDArray near = far.neg().add(1f);
          NDArray curve = Logistic.of(differences, (float) temperature).mul(near);
          NDArray line = Scaling.times(differences, (float) slope).add((float) offset).mul(far);
          return curve.add(line).add(Scaling.times(above.mul(near), 0.5f));
        });
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray similarities = batch.similarities();
    // [q, j, k]: how far k is before j in the ranking of q.
    NDArray differences = similarities.expandDims(1).sub(similarities.expandDims(2));
    NDArray others = batch.offDiagonal().expandDims(0);
    NDArray positiveOf = batch.positives().expandDims(1);
    NDArray negativeOf = positiveOf.neg().add(1f);
    NDArray before = positives.of(differences).mul(others).mul(positiveOf).sum(LAST).add(1f);
    NDArray wrong = negatives.of(differences).mul(negativeOf).sum(LAST);
    NDArray precision = before.div(before.add(wrong)).mul(batch.positives());
    NDArray averages = precision.sum(COLUMNS).div(batch.positives().sum(COLUMNS));
    return LossValue.of(term, averages.mean().neg().add(1f));
  }
}
