package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Evenly spaced bins with triangular weights: a value counts for the two nearest centres, the more
 * the nearer, so that counts have gradients (Ustinova, Lempitsky: Learning Deep Embeddings with
 * Histogram Loss, NIPS 2016, section 3).
 *
 * @param first the first centre
 * @param spacing from each centre to the next; below 0 they descend
 * @param bins how many centres there are
 */
record Histogram(double first, double spacing, int bins) {

  /** The weight of each value in each bin: N x M to N x M x bins. */
  NDArray weights(NDArray values) {
    float[] centres = new float[bins];
    for (int bin = 0; bin < bins; bin++) {
      centres[bin] = (float) (first + bin * spacing);
    }
    NDArray offsets =
        values.expandDims(2).sub(values.getManager().create(centres, new Shape(1, 1, bins)));
    return Scaling.over(offsets.abs(), (float) -Math.abs(spacing))
        .add(1f)
        .getNDArrayInternal()
        .relu();
  }
}
