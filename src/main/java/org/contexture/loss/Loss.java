package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.SortedMap;

/** How bad a batch of embeddings is, as a number that gradients can be taken of. */
public interface Loss {

  /**
   * The loss of a batch. Every array made on the way belongs to the manager of the batch's
   * embeddings; whoever made that manager closes it after the backward pass.
   */
  LossValue evaluate(LossBatch batch);

  /**
   * The arrays that are learned with the network, by name; none for most losses. They belong to the
   * manager that the loss was created with. Whoever trains them asks for their gradient.
   */
  default SortedMap<String, NDArray> parameters() {
    return Collections.emptySortedMap();
  }
}
