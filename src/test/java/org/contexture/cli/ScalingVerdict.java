package org.contexture.cli;

import java.util.Locale;
import java.util.Optional;

/** What a measurement of scaling comes to, in sentences. */
final class ScalingVerdict {
  /** What counts as the same. */
  private static final double TOLERANCE = 0.1;

  private ScalingVerdict() {}

  /**
   * What is wrong if a stage could have kept all slots busy and did not.
   *
   * @param tasks that the stage was split into
   * @param busy slots that had something to do
   */
  static Optional<String> idleness(String stage, int slots, long tasks, long busy) {
    return tasks < slots || busy >= slots
        ? Optional.empty()
        : Optional.of(
            "%s has %d tasks and kept only %d of %d slots busy."
                .formatted(stage, tasks, busy, slots));
  }

  /** Whether something is as much for many images as for few. */
  static String constancy(String what, double few, double many) {
    double change = many / few - 1;
    return String.format(
        Locale.ROOT,
        "%s is %s within %.0f %%: it changes by %+.0f %%.",
        what,
        Math.abs(change) <= TOLERANCE ? "constant" : "not constant",
        100 * TOLERANCE,
        100 * change);
  }
}
