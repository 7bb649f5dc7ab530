package org.contexture.training;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.model.TensorData;

/**
 * What losses are multiplied by before they are differentiated in float16, so that small gradients
 * do not vanish: as large as it can be without gradients that overflow, found by trying, with the
 * numbers of {@code torch.amp.GradScaler} (Micikevicius et al.: Mixed Precision Training, ICLR
 * 2018, §3.2). Always a power of two, so that it rounds nothing itself.
 */
final class LossScale {
  private static final float FIRST = 65_536;
  private static final float FACTOR = 2;
  private static final long GROWTH_INTERVAL = 2_000;

  /** Where gradients are zero it would otherwise grow until it is infinite. */
  private static final float LARGEST = 0x1p60f;

  /** A gradient that is not finite even with this one is not so because of it. */
  private static final float SMALLEST = 0x1p-24f;

  private static final String NAME = "loss-scale/";
  private static final String VALUE = NAME + "value";
  private static final String FINITE_STEPS = NAME + "finite_steps";

  private float value = FIRST;
  private long finiteSteps;

  /** What the loss of the next step is multiplied by. */
  float value() {
    return value;
  }

  /** Whether it cannot be smaller: gradients that are not finite now will not be later. */
  boolean isSmallest() {
    return value == SMALLEST;
  }

  /** Takes into account whether the gradients of a step were finite. */
  void learn(boolean finite) {
    if (!finite) {
      value = Math.max(SMALLEST, value / FACTOR);
      finiteSteps = 0;
    } else if (++finiteSteps == GROWTH_INTERVAL) {
      value = Math.min(LARGEST, value * FACTOR);
      finiteSteps = 0;
    }
  }

  /** All that has to be saved, by name. */
  SortedMap<String, TensorData> save() {
    SortedMap<String, TensorData> saved = new TreeMap<>();
    saved.put(VALUE, TensorData.of(new float[] {value}, List.of()));
    saved.put(FINITE_STEPS, TensorData.of(new long[] {finiteSteps}, List.of()));
    return saved;
  }

  /** Takes over what {@link #save} gave, from among other things. */
  void restore(SortedMap<String, TensorData> saved) {
    value = saved.get(VALUE).floats()[0];
    finiteSteps = saved.get(FINITE_STEPS).longs()[0];
  }
}
