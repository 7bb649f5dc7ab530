package org.contexture.loss;

import ai.djl.ndarray.NDArray;

/** The logistic function, a step at 0 that has a gradient. */
final class Logistic {
  private Logistic() {}

  /** 1 / (1 + exp(-x/t)), element by element; the smaller {@code temperature}, the steeper. */
  static NDArray of(NDArray array, float temperature) {
    return Scaling.over(array, temperature).getNDArrayInternal().sigmoid();
  }
}
