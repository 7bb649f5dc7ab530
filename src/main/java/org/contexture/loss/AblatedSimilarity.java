package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * What the contextual similarity becomes when a part of it is left out or replaced: the ten
 * ablations of the paper (appendix; numbered as in its code). {@link ContextualSimilarity} has the
 * names and the whole.
 *
 * <p>Where a neighbourhood covers the whole batch, shares that would be 0/0 are 0.
 */
final class AblatedSimilarity {
  /** The number of the whole similarity. */
  static final int NONE = 0;

  static final int LAST = 10;

  private static final int STEP_ALONE = 1;
  private static final int LOGISTIC_ALONE = 2;
  private static final int NO_EXPANSION = 3;
  private static final int NEIGHBOURS_ALONE = 4;
  private static final int MINIMUM_FOR_AND = 5;
  private static final int LOGISTIC_STEPS = 6;
  private static final int NO_STRANGERS = 7;
  private static final int NO_INTERSECTION = 8;
  private static final int CONSTANT_MUTUAL_COUNT = 9;
  private static final int LEARNED_COUNTS = 10;

  private static final float SLOPE = 10f;
  private static final float TEMPERATURE = 0.01f;
  private static final float NO_SLACK = 1e-5f;
  private static final int[] COLUMNS = {1};

  private final int ablation;
  private final NDArray distances;
  private final NDArray fixed;
  private final NDArray sorted;

  private AblatedSimilarity(NDArray similarities, int neighbourhood, int ablation) {
    this.ablation = ablation;
    distances = Scaling.times(similarities, -2f).add(2f).clip(0f, Float.MAX_VALUE);
    fixed = distances.stopGradient();
    sorted = fixed.topK(neighbourhood, 1, false, true).get(0);
  }

  /**
   * The similarity of each pair: N x N.
   *
   * @param similarities cosines, N x N
   * @param k how many images a neighbourhood has, the image itself included; no more than N count
   * @param slack how much farther than the k-th nearest a neighbour may be, in squared distance
   * @param ablation 1 to 10
   */
  static NDArray of(NDArray similarities, int k, float slack, int ablation) {
    int neighbourhood = Math.min(k, Math.toIntExact(similarities.getShape().get(0)));
    return new AblatedSimilarity(similarities, neighbourhood, ablation).of(neighbourhood, slack);
  }

  /** Whether an ablation looks at every three images at once. */
  static boolean comparesTriples(int ablation) {
    return ablation == MINIMUM_FOR_AND;
  }

  private boolean is(int number) {
    return ablation == number;
  }

  private NDArray of(int neighbourhood, float slack) {
    if (is(STEP_ALONE) || is(LOGISTIC_ALONE)) {
      return within(neighbourhood, NO_SLACK);
    }
    NDArray neighbours = within(neighbourhood, slack);
    NDArray weights = weights(neighbours);
    if (is(NO_EXPANSION) || is(NEIGHBOURS_ALONE)) {
      return weights;
    }
    NDArray close = within(Math.max(1, neighbourhood / 2), slack);
    NDArray mutual = and(close, close.transpose());
    NDArray count = mutual.sum(COLUMNS, true);
    NDArray expanded =
        inCommon(mutual, weights.transpose())
            .mul(inverseOrZero(is(CONSTANT_MUTUAL_COUNT) ? count.stopGradient() : count));
    return Scaling.times(expanded.add(expanded.transpose()), 0.5f);
  }

  private NDArray weights(NDArray neighbours) {
    if (is(NO_INTERSECTION)) {
      return neighbours;
    }
    NDArray strangers = neighbours.neg().add(1f);
    NDArray sharedNeighbours = share(neighbours);
    if (is(NEIGHBOURS_ALONE) || is(NO_STRANGERS)) {
      return sharedNeighbours.mul(neighbours);
    }
    return and(Scaling.times(sharedNeighbours.add(share(strangers)), 0.5f), neighbours);
  }

  /** The share of what the row has that the column has too. */
  private NDArray share(NDArray members) {
    NDArray count = members.sum(COLUMNS, true);
    return inCommon(members, members)
        .mul(inverseOrZero(is(LEARNED_COUNTS) ? count : count.stopGradient()));
  }

  private NDArray within(int rank, float slack) {
    NDArray radius = sorted.get(":, {}:{}", rank - 1, rank).add(slack);
    if (is(LOGISTIC_ALONE) || is(LOGISTIC_STEPS)) {
      return Logistic.of(radius.sub(distances), TEMPERATURE);
    }
    NDArray slope = Scaling.times(fixed.sub(distances), SLOPE);
    return Indicator.of(fixed.lte(radius)).add(slope);
  }

  private NDArray and(NDArray left, NDArray right) {
    return is(MINIMUM_FOR_AND) ? left.minimum(right) : left.mul(right);
  }

  /** How much every row of one matrix has in common with every row of another. */
  private NDArray inCommon(NDArray left, NDArray right) {
    return is(MINIMUM_FOR_AND)
        ? left.expandDims(1).minimum(right.expandDims(0)).sum(new int[] {2})
        : left.matMul(right.transpose());
  }

  private static NDArray inverseOrZero(NDArray counts) {
    NDArray some = Indicator.of(counts.stopGradient().gt(0f));
    return some.div(counts.add(some.neg().add(1f)));
  }
}
