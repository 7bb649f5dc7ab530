package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Images ready for the network.
 *
 * @param pixels N × 3 × size × size, normalised
 * @param labels the class of each, 0 to C - 1
 * @param ids the id of each
 * @param size height and width
 */
record Batch(float[] pixels, int[] labels, long[] ids, int size) {

  NDArray images(NDManager manager) {
    return manager.create(pixels, new Shape(labels.length, 3, size, size));
  }
}
