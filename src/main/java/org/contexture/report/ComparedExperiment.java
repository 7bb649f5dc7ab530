package org.contexture.report;

import java.util.Objects;
import java.util.Optional;

/**
 * One of the experiments of a comparison.
 *
 * @param name what tells it from the others
 * @param evaluation how its trained network retrieves
 * @param curve how that was trained; empty where nothing was logged
 * @param command the command that makes its datasets
 */
public record ComparedExperiment(
    String name, Evaluation evaluation, Optional<TrainingCurve> curve, String command) {

  public ComparedExperiment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(evaluation, "evaluation");
    Objects.requireNonNull(curve, "curve");
    Objects.requireNonNull(command, "command");
  }
}
