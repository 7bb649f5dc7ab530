package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.contexture.image.RgbImage;

/**
 * Images ready for the network, with their classes and ids. Once it is closed its memory is that of
 * another batch, so that arrays of its images have to be closed before.
 */
final class Batch implements AutoCloseable {
  private final ByteBuffer pixels;
  private final int[] labels;
  private final long[] ids;
  private final int height;
  private final Consumer<ByteBuffer> spare;

  /**
   * A batch over the given arrays, which now belong to it.
   *
   * @param pixels N × 3 × size × size numbers of type float32, normalised; direct, in native order
   * @param labels the class number of each
   * @param ids the id of each
   * @param size height and width
   * @param spare is given the pixels when they are no longer needed
   */
  Batch(ByteBuffer pixels, int[] labels, long[] ids, int size, Consumer<ByteBuffer> spare) {
    this.pixels = pixels;
    this.labels = labels;
    this.ids = ids;
    this.height = size;
    this.spare = spare;
  }

  /** N × 3 × size × size, in the given manager: the batch's own memory, not a copy of it. */
  NDArray images(NDManager manager) {
    Shape shape = new Shape(labels.length, RgbImage.CHANNELS, height, height);
    return manager.create(pixels, shape, DataType.FLOAT32);
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

  @Override
  public void close() {
    spare.accept(pixels);
  }
}
