package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Conditions as numbers. */
final class Indicator {
  private Indicator() {}

  /** 1 where a condition holds, else 0: float32. */
  static NDArray of(NDArray condition) {
    return condition.toType(DataType.FLOAT32, false);
  }
}
