package org.contexture.training;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** The length of all gradients of a step together, as one vector. */
final class GradientNorm {
  private static final double SMALLEST = 1e-6;

  private GradientNorm() {}

  /**
   * Scales gradients in place so that together they are no longer than {@code longest}, as {@code
   * torch.nn.utils.clip_grad_norm_} does.
   *
   * @return how long they were
   */
  static double clip(Collection<NDArray> gradients, double longest) {
    double squares = 0;
    for (NDArray gradient : gradients) {
      try (NDArray square = gradient.square();
          NDArray sum = square.sum()) {
        squares += sum.getFloat();
      }
    }
    double norm = Math.sqrt(squares);
    double factor = longest / (norm + SMALLEST);
    if (factor < 1) {
      gradients.forEach(gradient -> gradient.muli((float) factor));
    }
    return norm;
  }
}
