package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void eachGroupHasItsOwnRateAndTheMultiplierAppliesToAll() {
    NDArray slow = manager.create(new float[] {1, 2});
    NDArray fast = manager.create(new float[] {1, 2});
    Adam adam =
        Adam.create(
            List.of(group("backbone", 0.01, "slow", slow), group("head", 0.02, "fast", fast)),
            Adam.Decay.IN_GRADIENT);
    NDArray gradient = manager.create(new float[] {3, -4});
    adam.step(Map.of("slow", gradient, "fast", gradient), 0.5);
    // The first step of Adam is the learning rate against the sign of the gradient.
    assertThat(slow.toFloatArray()).containsExactly(new float[] {0.995f, 2.005f}, within(1e-6f));
    assertThat(fast.toFloatArray()).containsExactly(new float[] {0.99f, 2.01f}, within(1e-6f));
    assertThat(gradient.toFloatArray()).containsExactly(3, -4);
  }

  /** As convolutions' weights and their gradients do. */
  @Test
  void arraysMayLieInMemoryInAnotherOrder() {
    Shape shape = new Shape(2, 3);
    NDArray plain = manager.create(new float[] {1, 2, 3, 4, 5, 6}, shape);
    NDArray turned = turned(1, 4, 2, 5, 3, 6);
    Adam inOrder = Adam.create(List.of(group("a", 0.1, "it", plain)), Adam.Decay.IN_GRADIENT);
    Adam adam = Adam.create(List.of(group("a", 0.1, "it", turned)), Adam.Decay.IN_GRADIENT);

    inOrder.step(Map.of("it", manager.create(new float[] {6, -5, 4, -3, 2, -1}, shape)), 1);
    adam.step(Map.of("it", turned(6, -3, -5, 2, 4, -1)), 1);
    assertAlike(adam, inOrder);
    adam.restore(copies(inOrder.state()));
    inOrder.step(Map.of("it", manager.create(new float[] {1, 2, -3, 4, -5, 6}, shape)), 1);
    adam.step(Map.of("it", turned(1, 4, 2, -5, -3, 6)), 1);
    assertAlike(adam, inOrder);
    NDArray rows = manager.create(new float[] {-1, 2, -3, 4, 5, -6}, shape);
    inOrder.step(Map.of("it", rows), 1);
    adam.step(Map.of("it", rows), 1);

    assertThat(turned.toFloatArray()).containsExactly(plain.toFloatArray());
    assertAlike(adam, inOrder);
  }

  private void assertAlike(Adam one, Adam other) {
    SortedMap<String, NDArray> expected = copies(other.state());
    copies(one.state())
        .forEach((name, array) -> assertThat(array).as(name).isEqualTo(expected.get(name)));
  }

  /** An array of 2 × 3 by its columns, one after another in memory. */
  private NDArray turned(float... columns) {
    return manager.create(columns, new Shape(3, 2)).transpose();
  }

  private SortedMap<String, NDArray> copies(SortedMap<String, NDArray> state) {
    return NamedArrays.load("", NamedArrays.save("", state), manager);
  }

  @Test
  void aParameterWithoutAGradientIsSkippedAltogether() {
    NDArray frozen = manager.create(new float[] {5});
    NDArray trained = manager.create(new float[] {5});
    Adam adam =
        Adam.create(
            List.of(group("a", 0.1, "frozen", frozen), group("b", 0.1, "trained", trained)),
            Adam.Decay.IN_GRADIENT);
    NDArray gradient = manager.create(new float[] {1});
    adam.step(Map.of("trained", gradient), 1);
    assertThat(frozen.toFloatArray()).containsExactly(5);
    adam.step(Map.of("trained", gradient, "frozen", gradient), 1);
    // Its first step, whatever the others did before.
    assertThat(frozen.toFloatArray()).containsExactly(new float[] {4.9f}, within(1e-6f));
    assertThat(adam.steps()).isEqualTo(2);
    assertThat(adam.state().get("frozen.steps").getLong()).isEqualTo(1);
    assertThat(adam.state().get("trained.steps").getLong()).isEqualTo(2);
  }

  @Test
  void aRestoredOptimiserGoesOnBitForBit() {
    float[] straight = run(6, 6);
    float[] resumed = run(6, 3);
    assertThat(resumed).isEqualTo(straight);
  }

  @Test
  void nothingIsLeftBehindByAStep() {
    NDArray parameter = manager.create(new float[] {1, 2});
    Adam adam = Adam.create(List.of(group("all", 0.1, "p", parameter)), Adam.Decay.IN_GRADIENT);
    NDArray gradient = manager.create(new float[] {1, 1});
    int before = manager.getManagedArrays().size();
    adam.step(Map.of("p", gradient), 1);
    assertThat(manager.getManagedArrays()).hasSize(before);
    adam.close();
    assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(parameter, gradient);
  }

  @Test
  void theStateOfOtherParametersIsRefused() {
    Adam adam =
        Adam.create(
            List.of(group("all", 0.1, "p", manager.create(new float[] {1}))),
            Adam.Decay.IN_GRADIENT);
    Adam other =
        Adam.create(
            List.of(group("all", 0.1, "q", manager.create(new float[] {1}))),
            Adam.Decay.IN_GRADIENT);
    Adam both =
        Adam.create(
            List.of(
                group("a", 0.1, "p", manager.create(new float[] {1})),
                group("b", 0.1, "q", manager.create(new float[] {1}))),
            Adam.Decay.IN_GRADIENT);
    assertThatThrownBy(() -> adam.restore(both.state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A state of 7 arrays for 1 parameters");
    Adam longer =
        Adam.create(
            List.of(group("all", 0.1, "p", manager.create(new float[] {1, 2}))),
            Adam.Decay.IN_GRADIENT);
    assertThatThrownBy(() -> adam.restore(other.state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p.exp_avg is not in the state: [q.exp_avg");
    assertThatThrownBy(() -> adam.restore(longer.state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p.exp_avg is of shape (2), not (1)");
  }

  @Test
  void aNameInTwoGroupsIsRefused() {
    NDArray parameter = manager.create(new float[] {1});
    assertThatThrownBy(
            () ->
                Adam.create(
                    List.of(group("a", 1, "p", parameter), group("b", 1, "p", parameter)),
                    Adam.Decay.IN_GRADIENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two groups have a parameter p");
  }

  /** Steps on a parabola, through a saved state after {@code interrupted} steps. */
  private float[] run(int steps, int interrupted) {
    NDArray parameter = manager.create(randoms(20));
    Adam adam = Adam.create(List.of(group("all", 0.1, "p", parameter)), Adam.Decay.IN_GRADIENT);
    for (int step = 0; step < steps; step++) {
      if (step == interrupted) {
        Map<String, NDArray> saved = new HashMap<>();
        adam.state().forEach((name, array) -> saved.put(name, array.duplicate()));
        saved.values().forEach(array -> array.attach(manager));
        adam.close();
        adam = Adam.create(List.of(group("all", 0.1, "p", parameter)), Adam.Decay.IN_GRADIENT);
        adam.restore(saved);
        saved.values().forEach(NDArray::close);
        assertThat(adam.steps()).isEqualTo(interrupted);
      }
      adam.step(Map.of("p", parameter.mul(2)), 1.0 / (1 + step));
    }
    return parameter.toFloatArray();
  }

  private static float[] randoms(int length) {
    Random random = new Random(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static ParameterGroup group(String name, double rate, String parameter, NDArray array) {
    SortedMap<String, NDArray> parameters = new TreeMap<>();
    parameters.put(parameter, array);
    return new ParameterGroup(name, rate, 0, parameters);
  }
}
