package org.contexture.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor as a checkpoint of PyTorch describes it: a view of a storage.
 *
 * @param storage what holds its elements
 * @param offset of its first element, in elements
 * @param shape its sizes; empty for a scalar
 * @param strides from one element of a dimension to the next, in elements
 */
record TorchTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
  private static final int MOST_DIMENSIONS = 64;

  /**
   * A row of numbers.
   *
   * @param key what the file calls it
   * @param type of its elements
   * @param elements how many there are
   */
  record Storage(String key, TensorData.Type type, long elements) {
    long bytes() {
      return Math.multiplyExact(elements, type.bytes());
    }
  }

  TorchTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size() || shape.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("sizes %s and strides %s".formatted(shape, strides));
    }
    long last = offset;
    for (int dimension = 0; dimension < shape.size(); dimension++) {
      if (shape.get(dimension) < 1 || strides.get(dimension) < 0) {
        throw new IllegalArgumentException("sizes %s, strides %s".formatted(shape, strides));
      }
      long reach = Math.multiplyExact(shape.get(dimension) - 1, strides.get(dimension));
      last = Math.addExact(last, reach);
    }
    if (offset < 0 || last >= storage.elements()) {
      throw new IllegalArgumentException(
          "element %d of a storage of %d".formatted(last, storage.elements()));
    }
    if (new TensorLayout(storage.type(), shape).bytes() > storage.bytes()) {
      throw new IllegalArgumentException(
          "sizes %s of a storage of %d".formatted(shape, storage.elements()));
    }
  }

  /** What its elements take when each of them is written down. */
  long bytes() {
    return new TensorLayout(storage.type(), shape).bytes();
  }

  /** The tensor with its elements, in the order of its shape. */
  TensorData of(ByteBuffer elements) {
    int width = storage.type().bytes();
    long size = bytes();
    if (isContiguous()) {
      int from = elements.position() + Math.toIntExact(offset * width);
      return new TensorData(storage.type(), shape, elements.slice(from, Math.toIntExact(size)));
    }
    ByteBuffer gathered = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    gather(elements, 0, offset, gathered);
    return new TensorData(storage.type(), shape, gathered.flip());
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int dimension = shape.size() - 1; dimension >= 0; dimension--) {
      if (shape.get(dimension) > 1 && strides.get(dimension) != expected) {
        return false;
      }
      expected *= shape.get(dimension);
    }
    return true;
  }

  private void gather(ByteBuffer elements, int dimension, long at, ByteBuffer target) {
    int width = storage.type().bytes();
    if (dimension == shape.size()) {
      target.put(elements.slice(elements.position() + Math.toIntExact(at * width), width));
      return;
    }
    for (long index = 0; index < shape.get(dimension); index++) {
      gather(elements, dimension + 1, at + index * strides.get(dimension), target);
    }
  }
}
