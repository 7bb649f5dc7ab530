package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The loss of one batch.
 *
 * @param total the scalar to take gradients of; it always has a path to the embeddings
 * @param terms what the total is the weighted sum of, by name: scalars without their weights
 */
public record LossValue(NDArray total, SortedMap<String, NDArray> terms) {

  public LossValue {
    terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
  }

  /** A loss of a single term. */
  static LossValue of(String name, NDArray total) {
    return new LossValue(total, new TreeMap<>(Collections.singletonMap(name, total)));
  }
}
