package org.contexture.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What a loss says about a batch, brought back from native memory. */
final class Evaluation {
  private final float loss;
  private final SortedMap<String, Float> terms;
  private final float[] gradient;
  private final SortedMap<String, float[]> parameterGradients;

  private Evaluation(
      float loss,
      SortedMap<String, Float> terms,
      float[] gradient,
      SortedMap<String, float[]> parameterGradients) {
    this.loss = loss;
    this.terms = terms;
    this.gradient = gradient;
    this.parameterGradients = parameterGradients;
  }

  /** Evaluates a loss that {@code create} makes, with its gradients. */
  static Evaluation of(
      Function<NDManager, Loss> create, float[] embeddings, Shape shape, int[] labels) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Loss loss = create.apply(manager);
      loss.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
      try (NDManager step = manager.newSubManager()) {
        NDArray leaf = step.create(embeddings, shape);
        leaf.setRequiresGradient(true);
        LossValue value;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          value = loss.evaluate(LossBatch.of(leaf, labels, 0));
          collector.backward(value.total());
        }
        SortedMap<String, Float> terms = new TreeMap<>();
        value.terms().forEach((name, term) -> terms.put(name, term.getFloat()));
        SortedMap<String, float[]> parameters = new TreeMap<>();
        loss.parameters()
            .forEach((name, array) -> parameters.put(name, array.getGradient().toFloatArray()));
        return new Evaluation(
            value.total().getFloat(), terms, leaf.getGradient().toFloatArray(), parameters);
      }
    }
  }

  float loss() {
    return loss;
  }

  SortedMap<String, Float> terms() {
    return terms;
  }

  /** The gradient of the loss with respect to the embeddings, row by row. */
  float[] gradient() {
    return gradient;
  }

  SortedMap<String, float[]> parameterGradients() {
    return parameterGradients;
  }
}
