package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/**
 * How much the neighbourhoods of two images have in common: 1 when they have the same neighbours, 0
 * when they share none. Each array is N x N over the images of a batch.
 *
 * <p>An image's neighbours are those no farther than its k-th nearest, itself included, plus some
 * slack. Being a neighbour is a step function of the distance; its derivative is replaced by a
 * constant slope, and the distance of the k-th nearest and the sizes of neighbourhoods count as
 * constants (Liao, Tsiligkaridis, Kulis: Supervised Metric Learning to Rank for Retrieval via
 * Contextual Similarity Optimization, ICML 2023).
 *
 * <p>Where the published code divides 0 by 0, this is defined: an image whose neighbourhood is the
 * whole batch has no strangers in common with anyone, so its row of {@code sharedStrangers} is 0
 * and gives no gradient; an image that is nobody's mutual neighbour, not even its own, has
 * similarity 0 to everyone.
 *
 * @param neighbours N: 1 where the column is among the row's k nearest
 * @param sharedNeighbours M+: the share of the row's neighbours that are the column's too
 * @param sharedStrangers M-: the share of those that are not the row's neighbours and not the
 *     column's either
 * @param weights W: the mean of both shares where the column is a neighbour, else 0
 * @param closeNeighbours N2: 1 where the column is among the row's k/2 nearest
 * @param mutual R: 1 where both are among the other's k/2 nearest
 * @param expanded J': W averaged over the mutual neighbours of the row
 * @param similarity J: the mean of J' both ways round
 */
record ContextualSimilarity(
    NDArray neighbours,
    NDArray sharedNeighbours,
    NDArray sharedStrangers,
    NDArray weights,
    NDArray closeNeighbours,
    NDArray mutual,
    NDArray expanded,
    NDArray similarity) {
  private static final float SLOPE = 10f;
  private static final int[] COLUMNS = {1};

  /**
   * The contextual similarity of each pair.
   *
   * @param similarities cosines, N x N
   * @param k how many images a neighbourhood has, the image itself included; no more than N count
   * @param slack how much farther than the k-th nearest a neighbour may be, in squared distance
   */
  static ContextualSimilarity of(NDArray similarities, int k, float slack) {
    int size = Math.toIntExact(similarities.getShape().get(0));
    int neighbourhood = Math.min(k, size);

    // clip, not maximum: it lets the whole gradient through at exactly 0.
    NDArray distances = Scaling.times(similarities, -2f).add(2f).clip(0f, Float.MAX_VALUE);
    NDArray fixed = distances.stopGradient();
    NDArray nearest = fixed.topK(neighbourhood, 1, false, true).get(0).add(slack);
    // Exactly 0, with the gradient that the step functions lack.
    NDArray slope = Scaling.times(fixed.sub(distances), SLOPE);
    NDArray neighbours = within(fixed, nearest, neighbourhood).add(slope);
    NDArray close = within(fixed, nearest, Math.max(1, neighbourhood / 2)).add(slope);

    NDArray count = neighbours.sum(COLUMNS, true);
    NDArray neighbourCount = count.stopGradient();
    NDArray strangerCount = neighbourCount.neg().add((float) size);
    NDArray both = neighbours.matMul(neighbours.transpose());
    // The product of the complements without another matrix product: (1-N)(1-N)^T.
    NDArray neither = both.sub(count).sub(count.transpose()).add((float) size);
    NDArray sharedNeighbours = both.div(neighbourCount);
    NDArray sharedStrangers = neither.mul(inverseOrZero(strangerCount));
    NDArray weights = Scaling.times(sharedNeighbours.add(sharedStrangers), 0.5f).mul(neighbours);

    NDArray mutual = close.mul(close.transpose());
    NDArray mutualCount = mutual.sum(COLUMNS, true).clip(1f, Float.MAX_VALUE);
    NDArray expanded = mutual.matMul(weights).div(mutualCount);
    NDArray similarity = Scaling.times(expanded.add(expanded.transpose()), 0.5f);
    return new ContextualSimilarity(
        neighbours,
        sharedNeighbours,
        sharedStrangers,
        weights,
        close,
        mutual,
        expanded,
        similarity);
  }

  private static NDArray within(NDArray distances, NDArray sortedRadii, int rank) {
    NDArray radius = sortedRadii.get(":, {}:{}", rank - 1, rank);
    return Indicator.of(distances.lte(radius));
  }

  private static NDArray inverseOrZero(NDArray counts) {
    return counts.sign().div(counts.maximum(1f));
  }
}
