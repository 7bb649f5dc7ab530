package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.contexture.random.RandomStream;

/**
 * A linear layer without bias, its results scaled to length one, that stands between the embeddings
 * and the loss while a network trains and is thrown away afterwards: the loss shapes its space, and
 * the embeddings keep what the loss would have them forget ("A Simple Framework for Contrastive
 * Learning of Visual Representations", Chen et al., ICML 2020, section 4.2; the {@code bottleneck}
 * of the 224 track of the paper's code).
 */
final class Projector {
  private static final int STREAM = 0x70726f6a;
  private static final double SMALLEST_NORM = 1e-12;

  private final NDArray weight;

  private Projector(NDArray weight) {
    this.weight = weight;
  }

  /**
   * A projector whose weights are drawn as {@code torch.nn.Linear} draws them: evenly between
   * {@code -1/√inputs} and {@code 1/√inputs}.
   *
   * @param inputs numbers in an embedding
   * @param outputs numbers in what the loss sees
   * @param manager what the weights belong to
   */
  static Projector random(int inputs, int outputs, long seed, NDManager manager) {
    RandomStream random = RandomStream.of(seed, STREAM);
    double bound = 1 / Math.sqrt(inputs);
    float[] weight = new float[outputs * inputs];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return new Projector(manager.create(weight, new Shape(outputs, inputs)));
  }

  /** What is learned: outputs × inputs, float32. */
  NDArray weight() {
    return weight;
  }

  /**
   * What the loss sees of a batch.
   *
   * @param embeddings N × inputs
   * @return N × outputs, rows of length one, in the manager of the embeddings
   */
  NDArray project(NDArray embeddings) {
    return embeddings.matMul(weight.transpose()).normalize(2, 1, SMALLEST_NORM);
  }
}
