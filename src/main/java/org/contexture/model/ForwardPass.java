package org.contexture.model;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Embeddings of a batch, with what is needed to go back from them to the parameters. All its arrays
 * belong to the manager of the images.
 */
public final class ForwardPass {
  private final NDArray embeddings;
  private final SortedMap<String, NDArray> leaves;

  ForwardPass(NDArray embeddings, SortedMap<String, NDArray> leaves) {
    this.embeddings = embeddings;
    this.leaves = leaves;
  }

  /** N × d rows of length one. */
  public NDArray embeddings() {
    return embeddings;
  }

  /**
   * The gradient of each parameter that trains, by name, after {@link Gradients#backward}: the
   * names are those of {@link EmbeddingNetwork#backboneParameters}, unless only the head trains,
   * and {@link EmbeddingNetwork#headParameters}.
   */
  public SortedMap<String, NDArray> gradients() {
    SortedMap<String, NDArray> gradients = new TreeMap<>();
    leaves.forEach((name, leaf) -> gradients.put(name, leaf.getGradient()));
    return Collections.unmodifiableSortedMap(gradients);
  }
}
