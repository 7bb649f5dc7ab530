package org.contexture.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Records operations of the calling thread for differentiation until closed, then goes back to what
 * was before. In contrast to DJL's {@code GradientCollector} it has no static state, so that two
 * networks can train in one JVM.
 *
 * <pre>{@code
 * try (Gradients gradients = Gradients.record()) {
 *   ForwardPass pass = network.forward(images, mode);
 *   gradients.backward(loss(pass.embeddings()));
 *   pass.gradients();
 * }
 * }</pre>
 */
public final class Gradients implements AutoCloseable {
  private final boolean before;

  private Gradients() {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
  }

  /** Records from now on. */
  public static Gradients record() {
    return new Gradients();
  }

  /** Differentiates a scalar, and frees what was recorded for it. */
  public void backward(NDArray scalar) {
    backward(scalar, 1);
  }

  /** Differentiates a multiple of a scalar, and frees what was recorded for it. */
  public void backward(NDArray scalar, float times) {
    NDManager manager = scalar.getManager();
    try (NDArray factor = manager.full(scalar.getShape(), times, scalar.getDataType())) {
      JniUtils.backward((PtNDArray) scalar, (PtNDArray) factor, false, false);
    }
  }

  /** Sets what was gathered for an array that requires gradients back to zero. */
  public void clear(NDArray array) {
    JniUtils.zeroGrad((PtNDArray) array);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
