package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.contexture.image.RgbImage;

/** Images ready for the network, with their classes and ids. */
final class Batch {
  private final float[] pixels;
  private final int[] labels;
  private final long[] ids;
  private final int height;

  /**
   * A batch over the given arrays, which now belong to it.
   *
   * @param pixels N × 3 × size × size, normalised
   * @param labels the class number of each
   * @param ids the id of each
   * @param size height and width
   */
  Batch(float[] pixels, int[] labels, long[] ids, int size) {
    this.pixels = pixels;
    this.labels = labels;
    this.ids = ids;
    this.height = size;
  }

  /** N × 3 × size × size, in the given manager. */
  NDArray images(NDManager manager) {
    return manager.create(pixels, new Shape(labels.length, RgbImage.CHANNELS, height, height));
  }

  /** How many images it has. */
  int size() {
    return labels.length;
  }

  /** The class number of each image; not to be written to. */
  int[] labels() {
    return labels;
  }

  /** The id of each image; not to be written to. */
  long[] ids() {
    return ids;
  }
}
