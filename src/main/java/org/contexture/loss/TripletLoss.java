package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.contexture.loss.Triplets.Triplet;

/**
 * How much nearer than a margin, or than the positive, the negative of a triplet is; the mean over
 * the triplets for which it is too near (Schroff et al.: FaceNet, CVPR 2015, equation 3, on
 * Euclidean distances). No such triplet: 0.
 */
final class TripletLoss implements Loss {
  static final String TERM = "triplet";
  private static final int[] COLUMNS = {1};

  private final float margin;
  private final BiFunction<LossBatch, float[], Triplets> choice;

  /**
   * A loss.
   *
   * @param margin how much farther than positives negatives should be
   * @param choice the triplets of a batch, given the distances of all pairs, row by row
   */
  TripletLoss(double margin, BiFunction<LossBatch, float[], Triplets> choice) {
    this.margin = (float) margin;
    this.choice = choice;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    Triplets triplets = choice.apply(batch, distances(batch));
    if (triplets.all().isEmpty()) {
      return LossValue.of(TERM, Scaling.times(batch.unitEmbeddings().sum(), 0f));
    }
    NDArray anchors = rows(batch, triplets, Triplet::anchor);
    NDArray near = length(anchors.sub(rows(batch, triplets, Triplet::positive)));
    NDArray far = length(anchors.sub(rows(batch, triplets, Triplet::negative)));
    NDArray violations = near.sub(far).add(margin).getNDArrayInternal().relu();
    NDArray active = Indicator.of(violations.stopGradient().gt(0f)).sum();
    return LossValue.of(TERM, violations.sum().div(active.maximum(1f)));
  }

  /** Euclidean distances of all pairs, row by row, to choose by. */
  private static float[] distances(LossBatch batch) {
    float[] distances = batch.similarities().stopGradient().toFloatArray();
    for (int pair = 0; pair < distances.length; pair++) {
      distances[pair] = (float) Math.sqrt(Math.max(0, 2 - 2 * distances[pair]));
    }
    return distances;
  }

  private static NDArray rows(
      LossBatch batch, Triplets triplets, ToLongFunction<Triplet> position) {
    long[] positions = triplets.all().stream().mapToLong(position).toArray();
    return batch.unitEmbeddings().get(batch.manager().create(positions));
  }

  /** The length of each row; of a row of zeros 0, with a gradient of 0. */
  private static NDArray length(NDArray rows) {
    NDArray squares = rows.mul(rows).sum(COLUMNS);
    NDArray some = Indicator.of(squares.stopGradient().gt(0f));
    return squares.add(some.neg().add(1f)).sqrt().mul(some);
  }
}
