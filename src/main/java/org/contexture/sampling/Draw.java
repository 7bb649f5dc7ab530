package org.contexture.sampling;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Drawing without replacement (Fisher and Yates). */
final class Draw {
  private Draw() {}

  /** The numbers 0 to {@code count} - 1 in random order. */
  static int[] order(int count, SplittableRandom random) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return some(order, count, random);
  }

  /** Some of the values, drawn without replacement, in random order. */
  static int[] some(int[] values, int count, SplittableRandom random) {
    int[] shuffled = values.clone();
    for (int i = 0; i < count; i++) {
      int chosen = random.nextInt(i, shuffled.length);
      int value = shuffled[chosen];
      shuffled[chosen] = shuffled[i];
      shuffled[i] = value;
    }
    return Arrays.copyOf(shuffled, count);
  }
}
