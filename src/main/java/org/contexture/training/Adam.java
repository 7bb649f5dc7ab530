package org.contexture.training;

import static org.contexture.model.TorchScriptModule.listElement;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.model.TorchScriptModule;

/**
 * Adam over groups of parameters (Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR
 * 2015, algorithm 1), as {@code torch.optim.Adam} and {@code torch.optim.AdamW} compute it.
 *
 * <p>DJL's own has one rate for all parameters and keeps its moments to itself; this one has groups
 * and names everything it remembers, so that a resumed run is bit for bit the uninterrupted one.
 * Torch's fused kernel takes all parameters of a group in one call and reads each number once. It
 * goes through memory whatever the shape, so each parameter, and what belongs to it, is given to it
 * as a row of numbers as they lie there: it would copy gradients that are not row-major first.
 *
 * <p>Not for use by several threads at once. Closing it frees the moments, not the parameters.
 */
public final class Adam implements AutoCloseable {
  /** A step returns what it changes: TorchScript would take it for code without effect. */
  private static final String SOURCE =
      """
      class Adam(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def step(self: __torch__.Adam,
            parameters: List[Tensor],
            gradients: List[Tensor],
            first: List[Tensor],
            second: List[Tensor],
            steps: List[Tensor],
            settings: Tensor) -> List[Tensor]:
          p = annotate(List[Tensor], [])
          g = annotate(List[Tensor], [])
          m = annotate(List[Tensor], [])
          v = annotate(List[Tensor], [])
          for i in range(torch.len(parameters)):
            model = parameters[i]
            gradient = gradients[i]
            if torch.ne(torch.stride(gradient), torch.stride(model)):
              alike = (self).copy(model, gradient, )
            else:
              alike = gradient
            p0 = torch.append(p, (self).row(model, ))
            g0 = torch.append(g, (self).row(alike, ))
            m0 = torch.append(m, (self).row(first[i], ))
            v0 = torch.append(v, (self).row(second[i], ))
          rate = float(torch.select(settings, 0, 0))
          decay = float(torch.select(settings, 0, 1))
          none = annotate(List[Tensor], [])
          torch.%s(p, g, m, v, none, steps, lr=rate, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1.0e-08, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
          return p
        def row(self: __torch__.Adam, x: Tensor) -> Tensor:
          return torch.as_strided(x, [torch.numel(x)], [1], None)
        def zeros(self: __torch__.Adam, model: Tensor) -> Tensor:
          return torch.zeros_like(model, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None)
        def copy(self: __torch__.Adam, model: Tensor, values: Tensor) -> Tensor:
          return torch.copy_(torch.empty_like(model, dtype=None, layout=None, device=None, pin_memory=None, memory_format=None), values, False)
      """;

  private static final String PARAMETERS = "parameters";
  private static final String GRADIENTS = "gradients";
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String PARAMETER_COUNTS = "steps";

  private static final String STEPS = "steps";
  private static final String FIRST_MOMENT = ".exp_avg";
  private static final String SECOND_MOMENT = ".exp_avg_sq";
  private static final String PARAMETER_STEPS = ".steps";

  private final List<ParameterGroup> groups;
  private final NDManager manager;
  private final TorchScriptModule module;
  private final SortedMap<String, Moments> moments = new TreeMap<>();
  private NDManager counts;
  private long steps;

  /** How weight decay acts. */
  public enum Decay {
    /** Its product with the parameter is added to the gradient: Adam. */
    IN_GRADIENT("_fused_adam_"),
    /**
     * The parameter is multiplied by 1 - rate * decay, past the moments: AdamW (Loshchilov, Hutter:
     * Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2).
     */
    DECOUPLED("_fused_adamw_");

    private final String kernel;

    Decay(String kernel) {
      this.kernel = kernel;
    }
  }

  /** What is remembered of the gradients of one parameter. */
  private record Moments(NDArray first, NDArray second, long steps) {
    void close() {
      first.close();
      second.close();
    }
  }

  private Adam(List<ParameterGroup> groups, Decay decay, NDManager manager) {
    this.groups = groups;
    this.manager = manager;
    this.module =
        TorchScriptModule.load(
            "Adam", SOURCE.formatted(decay.kernel), manager, List.of("step", "zeros", "copy"));
    this.counts = manager.newSubManager();
  }

  /**
   * An optimiser that has taken no steps.
   *
   * @param groups at least one parameter; no parameter name in two groups
   */
  public static Adam create(List<ParameterGroup> groups, Decay decay) {
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
    Adam adam = new Adam(List.copyOf(groups), decay, manager);
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
    try (NDManager scope = manager.newSubManager()) {
      for (ParameterGroup group : groups) {
        step(group, gradients, rateMultiplier, scope);
      }
    }
    steps++;
  }

  private void step(
      ParameterGroup group, Map<String, NDArray> gradients, double multiplier, NDManager scope) {
    NDList arguments = new NDList();
    group
        .parameters()
        .forEach(
            (name, parameter) -> {
              NDArray gradient = gradients.get(name);
              if (gradient != null) {
                Moments next = count(moments.get(name));
                moments.put(name, next);
                arguments.add(listElement(PARAMETERS, parameter, scope));
                arguments.add(listElement(GRADIENTS, gradient, scope));
                arguments.add(listElement(FIRST, next.first(), scope));
                arguments.add(listElement(SECOND, next.second(), scope));
                arguments.add(
                    listElement(PARAMETER_COUNTS, scope.create((float) next.steps()), scope));
              }
            });
    if (!arguments.isEmpty()) {
      arguments.add(
          scope.create(new double[] {group.learningRate() * multiplier, group.weightDecay()}));
      module.callForList("step", arguments).close();
    }
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
    restored.replaceAll(
        (name, of) -> {
          Moments old = moments.get(name);
          return new Moments(
              copy(old.first(), of.first()), copy(old.second(), of.second()), of.steps());
        });
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
    return new Moments(zeros(parameter), zeros(parameter), 0);
  }

  private NDArray zeros(NDArray parameter) {
    return made("zeros", parameter);
  }

  private NDArray copy(NDArray model, NDArray values) {
    return made("copy", model, values);
  }

  /** What is remembered lies in memory as its parameter does. */
  private NDArray made(String method, NDArray... arguments) {
    try (NDManager scope = manager.newSubManager()) {
      NDList unnamed = new NDList();
      for (NDArray argument : arguments) {
        NDArray alias = argument.stopGradient();
        alias.attach(scope);
        unnamed.add(alias);
      }
      // With gradients: what is made without cannot be changed in place.
      NDArray made = module.call(method, unnamed, true);
      made.attach(manager);
      return made;
    }
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
}
