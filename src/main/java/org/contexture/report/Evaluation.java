package org.contexture.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one model retrieves.
 *
 * @param role its part in the experiment
 * @param loss the loss it was last trained with, for use inside a sentence; empty where none
 * @param description how it came about: {@code multi_similarity, 350 steps from random weights}
 * @param metrics its metrics, the most important first; the first one of the trained model is the
 *     headline of the report
 * @param queries over how many queries the metrics are means
 * @param excluded how many queries were left out because there was nothing to find
 */
public record Evaluation(
    ModelRole role,
    String loss,
    String description,
    List<Metric> metrics,
    long queries,
    long excluded) {

  public Evaluation {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(description, "description");
    metrics = List.copyOf(metrics);
  }

  /** The metric of that name, where it was measured. */
  public OptionalDouble metric(String name) {
    return measured(name).stream().mapToDouble(Metric::value).findFirst();
  }

  /** The metric of that name and its interval, where it was measured. */
  public Optional<Metric> measured(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .filter(metric -> Double.isFinite(metric.value()))
        .findFirst();
  }
}
