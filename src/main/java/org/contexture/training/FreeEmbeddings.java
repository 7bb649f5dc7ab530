package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.contexture.loss.Loss;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossFactory;
import org.contexture.loss.LossValue;
import org.contexture.model.Gradients;

/**
 * Embeddings that no network makes: the vectors themselves are moved by Adam until a loss over all
 * of them is small, and brought back to unit length after every step. What a loss wants can be seen
 * in them, apart from what a network can do.
 */
public final class FreeEmbeddings {
  private static final String VECTORS = "vectors";
  private static final String LOSS = "loss.";

  private final FreeEmbeddingsConfig config;

  /** Is given the vectors from time to time. */
  @FunctionalInterface
  public interface Observer {

    /**
     * The vectors after some steps.
     *
     * @param vectors of unit length, one after the other
     */
    void moved(int step, float[] vectors) throws IOException;
  }

  public FreeEmbeddings(FreeEmbeddingsConfig config) {
    this.config = config;
  }

  /**
   * Moves the vectors.
   *
   * @param vectors where they start, n x d, one after the other
   * @param labels the class of each vector, 0 to C - 1, as the loss is told
   * @param observer is given the vectors after every so many steps, and after the last
   * @throws Failure if the loss is no finite number
   */
  public void move(float[] vectors, int[] labels, Observer observer) throws IOException {
    Shape shape = new Shape(labels.length, vectors.length / labels.length);
    int classes = 0;
    for (int label : labels) {
      classes = Math.max(classes, label + 1);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray points = manager.create(vectors, shape);
      Loss loss =
          LossFactory.create(
              config.loss(), classes, Math.toIntExact(shape.get(1)), config.seed(), manager);
      loss.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
      try (Adam adam = Adam.create(groups(points, loss), Adam.Decay.IN_GRADIENT)) {
        for (int step = 1; step <= config.steps(); step++) {
          step(points, loss, labels, step, adam);
          if (step % config.observeEvery() == 0 || step == config.steps()) {
            observer.moved(step, points.toFloatArray());
          }
        }
      }
    }
  }

  private List<ParameterGroup> groups(NDArray points, Loss loss) {
    SortedMap<String, NDArray> parameters =
        new TreeMap<>(Collections.singletonMap(VECTORS, points));
    loss.parameters().forEach((name, array) -> parameters.put(LOSS + name, array));
    return List.of(new ParameterGroup(VECTORS, config.learningRate(), 0, parameters));
  }

  private static void step(NDArray points, Loss loss, int[] labels, int number, Adam adam) {
    try (NDManager manager = points.getManager().newSubManager()) {
      NDArray leaf = points.duplicate();
      leaf.attach(manager);
      leaf.setRequiresGradient(true);
      SortedMap<String, NDArray> gradients = new TreeMap<>();
      try (Gradients recorded = Gradients.record()) {
        LossValue value = loss.evaluate(LossBatch.of(leaf, labels, number));
        float total = value.total().getFloat();
        if (!Float.isFinite(total)) {
          throw Failure.usage(
              "The loss is %s in step %d. Lower learning_rate, or change the options of the loss.",
              total, number);
        }
        recorded.backward(value.total());
        gradients.put(VECTORS, leaf.getGradient());
        loss.parameters().forEach((name, array) -> gradients.put(LOSS + name, array.getGradient()));
        adam.step(gradients, 1);
        loss.parameters().values().forEach(recorded::clear);
      }
      NDArray lengths = points.norm(new int[] {1}, true);
      lengths.attach(manager);
      points.divi(lengths);
    }
  }
}
