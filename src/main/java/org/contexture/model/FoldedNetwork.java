package org.contexture.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.contexture.model.NetworkDefinition.Statistics;

/**
 * A network as it was at one moment, to embed with and not to train: its batch norms, with the
 * running statistics, are part of the weights of its convolutions, and its weights are in the
 * precision and the memory format that convolutions are computed in. It rounds a little differently
 * from the network it was made of.
 */
public final class FoldedNetwork implements AutoCloseable {
  private final ModelConfig config;
  private final NDManager manager;
  private final TorchScriptModule module;
  private final NDList weights;

  private FoldedNetwork(
      ModelConfig config, NDManager manager, TorchScriptModule module, NDList weights) {
    this.config = config;
    this.manager = manager;
    this.module = module;
    this.weights = weights;
  }

  static FoldedNetwork of(
      ModelConfig config, String source, List<NDArray> tensors, NDManager parent) {
    NDManager manager = parent.newSubManager();
    try {
      TorchScriptModule module =
          TorchScriptModule.load(
              NetworkDefinition.CLASS_NAME,
              source,
              manager,
              List.of(NetworkDefinition.FOLD, Statistics.FOLDED.method()));
      NDList weights = module.callForList(NetworkDefinition.FOLD, new NDList(tensors));
      for (NDArray weight : weights) {
        weight.attach(manager);
        weight.setName(EmbeddingNetwork.LIST_NAME);
      }
      return new FoldedNetwork(config, manager, module, weights);
    } catch (RuntimeException failed) {
      manager.close();
      throw failed;
    }
  }

  public ModelConfig config() {
    return config;
  }

  /**
   * Embeds images without recording anything for gradients, on whichever thread, several at once.
   *
   * @param images N × 3 × input size × input size, float32, normalised
   * @return N × embedding size, rows of length one, in the manager of the images
   */
  public NDArray embed(NDArray images) {
    EmbeddingNetwork.checkImages(images, config);
    NDList inputs = new NDList(images);
    inputs.addAll(weights);
    return module.call(Statistics.FOLDED.method(), inputs, false);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
  }
}
