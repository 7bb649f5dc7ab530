package org.contexture.report;

import java.util.List;
import java.util.Optional;

/**
 * One experiment of a sweep, as its table shows it.
 *
 * @param run which row it belongs to
 * @param point where on the grid it is; empty where there is no grid
 * @param repeat which repetition it is
 * @param tuned what was chosen for its run; empty where nothing is tuned
 * @param validation Recall@1 on the validation classes, a fraction of 1; NaN where not measured
 * @param metrics on the test classes; none for an experiment that only took part in the tuning
 * @param published what was published of it
 */
public record SweepEntry(
    String run,
    String point,
    String repeat,
    String tuned,
    double validation,
    List<NamedNumber> metrics,
    Optional<PublishedFigure> published) {

  public SweepEntry {
    metrics = List.copyOf(metrics);
  }

  /** Whether it is one of the results, and not only of the tuning. */
  boolean isMeasured() {
    return !metrics.isEmpty();
  }
}
