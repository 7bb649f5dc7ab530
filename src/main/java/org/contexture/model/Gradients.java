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

  private Gradients(boolean recording) {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(recording);
  }

  /** Records from now on. */
  public static Gradients record() {
    return new Gradients(true);
  }

  /** Records nothing from now on: for work on parameters, and for inference. */
  public static Gradients pause() {
    return new Gradients(false);
  }

  /** Differentiates a scalar, and frees what was recorded for it. */
  public void backward(NDArray scalar) {
    NDManager manager = scalar.getManager();
    try (NDArray one = manager.ones(scalar.getShape(), scalar.getDataType())) {
      JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
    }
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
