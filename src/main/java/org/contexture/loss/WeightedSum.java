package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several losses of the same batch, each times its weight. With the contextual and the contrastive
 * loss and the regulariser this is the hybrid loss; its two published conventions differ in the
 * weights, 0.4, 0.5, 0.1 (256 track) and 1-λ, λ, 0.1 (224 track), and in the mean similarity that
 * the regulariser aims at, 0.25 and 0.3.
 */
final class WeightedSum implements Loss {

  /** A loss and what it is multiplied by. */
  record Part(double weight, Loss loss) {}

  private final List<Part> parts;
  private final SortedMap<String, NDArray> parameters;

  WeightedSum(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A sum of no losses");
    }
    this.parts = List.copyOf(parts);
    SortedMap<String, NDArray> all = new TreeMap<>();
    parts.forEach(part -> all.putAll(part.loss().parameters()));
    this.parameters = Collections.unmodifiableSortedMap(all);
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    SortedMap<String, NDArray> terms = new TreeMap<>();
    NDArray total = null;
    for (Part part : parts) {
      LossValue value = part.loss().evaluate(batch);
      terms.putAll(value.terms());
      NDArray weighted = Scaling.times(value.total(), (float) part.weight());
      total = total == null ? weighted : total.add(weighted);
    }
    return new LossValue(total, terms);
  }

  @Override
  public SortedMap<String, NDArray> parameters() {
    return parameters;
  }
}
