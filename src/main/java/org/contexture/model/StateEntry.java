package org.contexture.model;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a network's state.
 *
 * @param name its torchvision name, {@code backbone.layer1.0.conv1.weight}
 * @param role what it is for
 * @param shape its sizes; empty for a scalar
 */
record StateEntry(String name, Role role, List<Long> shape) {

  /** What a tensor is for, which decides how it starts and whether it trains. */
  enum Role {
    CONVOLUTION,
    NORM_WEIGHT,
    NORM_BIAS,
    RUNNING_MEAN,
    RUNNING_VARIANCE,
    /** Batches behind the running statistics; the one role that is no float tensor. */
    BATCHES_TRACKED,
    LINEAR_WEIGHT,
    LINEAR_BIAS
  }

  StateEntry {
    shape = List.copyOf(shape);
  }

  static StateEntry of(String name, Role role, long... shape) {
    return new StateEntry(name, role, Arrays.stream(shape).boxed().toList());
  }

  boolean isFloat() {
    return role != Role.BATCHES_TRACKED;
  }

  /** Whether an optimiser may change it in this mode. */
  boolean trains(BatchNormMode mode) {
    return switch (role) {
      case CONVOLUTION, LINEAR_WEIGHT, LINEAR_BIAS -> true;
      case NORM_WEIGHT, NORM_BIAS -> mode != BatchNormMode.FROZEN;
      case RUNNING_MEAN, RUNNING_VARIANCE, BATCHES_TRACKED -> false;
    };
  }

  boolean inBackbone() {
    return name.startsWith(NetworkDefinition.BACKBONE_PREFIX);
  }

  TensorLayout layout() {
    return new TensorLayout(isFloat() ? TensorData.Type.F32 : TensorData.Type.I64, shape);
  }
}
