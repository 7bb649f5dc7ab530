package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Products and quotients with a number that can be differentiated at any later time.
 *
 * <p>DJL's {@code mul(Number)} and {@code div(Number)} put the number into a direct buffer and let
 * go of it at once, while libtorch keeps the address to differentiate by: a garbage collection
 * between forward and backward turns the gradient into that of another number. Here the number lies
 * in libtorch's own memory. (Sums and differences remember no number.)
 */
final class Scaling {
  private Scaling() {}

  /** The array times a number. */
  static NDArray times(NDArray array, float number) {
    return array.mul(inNativeMemory(array, number));
  }

  /** The array divided by a number. */
  static NDArray over(NDArray array, float number) {
    return array.div(inNativeMemory(array, number));
  }

  private static NDArray inNativeMemory(NDArray array, float number) {
    return array.getManager().ones(new Shape()).muli(number);
  }
}
