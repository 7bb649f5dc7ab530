package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adam with weight decay added to the gradient, as {@code torch.optim.Adam} computes it, over
 * groups of parameters (Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015,
 * algorithm 1).
 *
 * <p>DJL's own has one rate for all parameters and keeps its moments to itself; this one has groups
 * and names everything it remembers, so that a resumed run is bit for bit the uninterrupted one.
 *
 * <p>Not for use by several threads at once. Closing it frees the moments, not the parameters.
 */
public final class Adam implements AutoCloseable {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private static final String STEPS = "steps";
  private static final String FIRST_MOMENT = ".exp_avg";
  private static final String SECOND_MOMENT = ".exp_avg_sq";
  private static final String PARAMETER_STEPS = ".steps";

  private final List<ParameterGroup> groups;
  private final NDManager manager;
  private final SortedMap<String, Moments> moments = new TreeMap<>();
  private NDManager counts;
  private long steps;

  /** What is remembered of the gradients of one parameter. */
  private record Moments(NDArray first, NDArray second, long steps) {
    void close() {
      first.close();
      second.close();
    }
  }

  private Adam(List<ParameterGroup> groups, NDManager manager) {
    this.groups = groups;
    this.manager = manager;
    this.counts = manager.newSubManager();
  }

  /**
   * An optimiser that has taken no steps.
   *
   * @param groups at least one parameter; no parameter name in two groups
   */
  public static Adam create(List<ParameterGroup> groups) {
    SortedMap<String, NDArray> all = new TreeMap<>();
    for (ParameterGroup group : groups) {
      group
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (all.put(name, parameter) != null) {
                  throw new IllegalArgumentException("Two groups have a parameter " + name);
                }
              });
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("No parameters to optimise");
    }
    NDManager manager = all.get(all.firstKey()).getManager().newSubManager();
    Adam adam = new Adam(List.copyOf(groups), manager);
    all.forEach((name, parameter) -> adam.moments.put(name, adam.none(parameter)));
    return adam;
  }

  /**
   * Changes every parameter that has a gradient, in place. A parameter without one keeps its value,
   * its moments and its count of steps.
   *
   * @param gradients the gradient of the loss by the name of the parameter; they are not changed
   * @param rateMultiplier what the learning rate of every group is multiplied by
   */
  public void step(Map<String, NDArray> gradients, double rateMultiplier) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      for (ParameterGroup group : groups) {
        double rate = group.learningRate() * rateMultiplier;
        group
            .parameters()
            .forEach(
                (name, parameter) -> {
                  NDArray gradient = gradients.get(name);
                  if (gradient != null) {
                    Moments next = count(moments.get(name));
                    update(parameter, gradient, next, rate, group.weightDecay());
                    moments.put(name, next);
                  }
                });
      }
    } finally {
      JniUtils.setGradMode(recording);
    }
    steps++;
  }

  /** How many times {@link #step} was called, in the run that was resumed too. */
  public long steps() {
    return steps;
  }

  /**
   * Everything that has to be saved with the parameters: for each parameter its two moments, {@code
   * NAME.exp_avg} and {@code NAME.exp_avg_sq} (float32), and its count {@code NAME.steps}, and the
   * count of all {@code steps} (int64 scalars). The arrays are the optimiser's own: they are good
   * until the next call of one of its methods.
   */
  public SortedMap<String, NDArray> state() {
    counts.close();
    counts = manager.newSubManager();
    SortedMap<String, NDArray> state = new TreeMap<>();
    state.put(STEPS, counts.create(steps));
    moments.forEach(
        (name, of) -> {
          state.put(name + FIRST_MOMENT, of.first());
          state.put(name + SECOND_MOMENT, of.second());
          state.put(name + PARAMETER_STEPS, counts.create(of.steps()));
        });
    return Collections.unmodifiableSortedMap(state);
  }

  /**
   * Goes on from a saved state.
   *
   * @param state what {@link #state} of another optimiser gave; it is copied
   * @throws IllegalArgumentException when it belongs to other parameters
   */
  public void restore(Map<String, NDArray> state) {
    if (state.size() != 1 + 3 * moments.size()) {
      throw new IllegalArgumentException(
          "A state of %d arrays for %d parameters".formatted(state.size(), moments.size()));
    }
    SortedMap<String, Moments> restored = new TreeMap<>();
    moments.forEach(
        (name, old) ->
            restored.put(
                name,
                new Moments(
                    alike(state, name + FIRST_MOMENT, old.first()),
                    alike(state, name + SECOND_MOMENT, old.second()),
                    part(state, name + PARAMETER_STEPS).getLong())));
    steps = part(state, STEPS).getLong();
    restored.replaceAll((name, of) -> new Moments(copy(of.first()), copy(of.second()), of.steps()));
    moments.values().forEach(Moments::close);
    moments.putAll(restored);
  }

  @Override
  public void close() {
    manager.close();
  }

  private Moments none(NDArray parameter) {
    if (parameter.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException("A parameter of type " + parameter.getDataType());
    }
    return new Moments(
        manager.zeros(parameter.getShape(), DataType.FLOAT32, parameter.getDevice()),
        manager.zeros(parameter.getShape(), DataType.FLOAT32, parameter.getDevice()),
        0);
  }

  private static Moments count(Moments moments) {
    return new Moments(moments.first(), moments.second(), moments.steps() + 1);
  }

  private static NDArray part(Map<String, NDArray> state, String name) {
    NDArray array = state.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "%s is not in the state: %s".formatted(name, new TreeMap<>(state).keySet()));
    }
    return array;
  }

  private static NDArray alike(Map<String, NDArray> state, String name, NDArray old) {
    NDArray array = part(state, name);
    if (!array.getShape().equals(old.getShape())) {
      throw new IllegalArgumentException(
          "%s is of shape %s, not %s".formatted(name, array.getShape(), old.getShape()));
    }
    return array;
  }

  private NDArray copy(NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(manager);
    return copy;
  }

  /**
   * One step: p -= rate / c1 * m / (sqrt(v) / sqrt(c2) + epsilon), where c1 and c2 correct the bias
   * of the moments m and v. The fraction is expanded by sqrt(c2), which saves a pass over v.
   */
  private static void update(
      NDArray parameter, NDArray gradient, Moments moments, double rate, double weightDecay) {
    double firstCorrection = 1 - Math.pow(BETA_1, (double) moments.steps());
    double secondCorrection = Math.sqrt(1 - Math.pow(BETA_2, (double) moments.steps()));
    NDArray first = moments.first();
    NDArray second = moments.second();
    try (NDArray slope = parameter.mul((float) weightDecay).addi(gradient);
        NDArray change = slope.mul((float) (1 - BETA_1))) {
      first.muli((float) BETA_1).addi(change);
      second.muli((float) BETA_2).addi(slope.muli(slope).muli((float) (1 - BETA_2)));
    }
    try (NDArray scale = second.sqrt().addi((float) (EPSILON * secondCorrection));
        NDArray change = first.mul((float) (rate * secondCorrection / firstCorrection))) {
      parameter.subi(change.divi(scale));
    }
  }
}
