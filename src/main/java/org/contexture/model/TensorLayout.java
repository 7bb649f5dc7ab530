package org.contexture.model;

import java.util.List;

/**
 * What a tensor is, without its elements.
 *
 * @param type type of the elements
 * @param shape its sizes; empty for a scalar
 */
record TensorLayout(TensorData.Type type, List<Long> shape) {
  TensorLayout {
    shape = List.copyOf(shape);
  }

  /**
   * Bytes of the elements.
   *
   * @throws ArithmeticException if they are more than a long can count
   */
  long bytes() {
    return shape.stream().mapToLong(Long::longValue).reduce(type.bytes(), Math::multiplyExact);
  }
}
