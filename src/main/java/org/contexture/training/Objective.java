package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.loss.Loss;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossFactory;
import org.contexture.loss.LossValue;
import org.contexture.model.Gradients;
import org.contexture.model.TensorData;

/**
 * What a training minimises, and what it learns for that beside the network: the arrays of the loss
 * under {@code loss/}, and those of a projector, where there is one, under {@code projector/}.
 */
final class Objective {
  private static final String LOSS = "loss/";
  private static final String PROJECTOR = "projector/";

  private final TrainingConfig config;
  private final Optional<Projector> projector;
  private final Loss loss;
  private final SortedMap<String, NDArray> learned = new TreeMap<>();

  private Objective(TrainingConfig config, Optional<Projector> projector, Loss loss) {
    this.config = config;
    this.projector = projector;
    this.loss = loss;
    loss.parameters().forEach((name, array) -> learned.put(LOSS + name, array));
    projector.ifPresent(used -> learned.put(PROJECTOR + "weight", used.weight()));
    learned.values().forEach(array -> array.setRequiresGradient(true));
  }

  /**
   * What a configuration asks for.
   *
   * @param classes number of training classes
   * @param dimensions numbers in an embedding
   * @param manager what the learned arrays belong to
   */
  static Objective create(TrainingConfig config, int classes, int dimensions, NDManager manager) {
    int projected = config.projectorSize();
    Optional<Projector> projector =
        projected > 0
            ? Optional.of(Projector.random(dimensions, projected, config.seed(), manager))
            : Optional.empty();
    Loss loss =
        LossFactory.create(
            config.loss(), classes, projected > 0 ? projected : dimensions, config.seed(), manager);
    return new Objective(config, projector, loss);
  }

  /** A batch as the loss sees it. */
  LossBatch batch(NDArray embeddings, int[] labels, long step) {
    NDArray seen = projector.map(used -> used.project(embeddings)).orElse(embeddings);
    return LossBatch.of(seen, labels, step);
  }

  /** How bad a batch is. */
  LossValue evaluate(LossBatch batch) {
    return loss.evaluate(batch);
  }

  /** What is learned, for the optimiser; empty for most losses without a projector. */
  List<ParameterGroup> groups() {
    List<ParameterGroup> groups = new ArrayList<>();
    add("loss", config.lossRate(), 0, LOSS, groups);
    add("projector", config.projectorRate(), config.weightDecay(), PROJECTOR, groups);
    return groups;
  }

  private void add(
      String group, double rate, double decay, String prefix, List<ParameterGroup> groups) {
    SortedMap<String, NDArray> members = new TreeMap<>(learned);
    members.keySet().removeIf(name -> !name.startsWith(prefix));
    if (!members.isEmpty()) {
      groups.add(new ParameterGroup(group, rate, decay, members));
    }
  }

  /**
   * The gradient of each learned array after {@link Gradients#backward}.
   *
   * @param scope what they belong to
   */
  SortedMap<String, NDArray> gradients(NDManager scope) {
    SortedMap<String, NDArray> gradients = new TreeMap<>();
    learned.forEach(
        (name, array) -> {
          NDArray gradient = array.getGradient();
          gradient.attach(scope);
          gradients.put(name, gradient);
        });
    return gradients;
  }

  /** Sets the gradients of the learned arrays back to zero, for the next step. */
  void clear(Gradients gradients) {
    learned.values().forEach(gradients::clear);
  }

  /** The learned arrays, by name. */
  SortedMap<String, TensorData> save() {
    return NamedArrays.save("", learned);
  }

  /** Takes over what {@link #save} gave, from among other things. */
  void restore(SortedMap<String, TensorData> saved, NDManager temporary) {
    learned.forEach(
        (name, array) -> {
          // What requires gradients cannot be written to.
          array.setRequiresGradient(false);
          NamedArrays.load(saved.get(name), temporary).copyTo(array);
          array.setRequiresGradient(true);
        });
  }
}
