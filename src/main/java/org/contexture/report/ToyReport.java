package org.contexture.report;

import java.util.List;

/**
 * What the page about a toy experiment says.
 *
 * @param experiment its name
 * @param start where the points started
 * @param courses how they moved under each loss, all from the same start
 * @param stages the stages behind it, each after its inputs
 * @param reproduction what it takes to get the same again
 */
public record ToyReport(
    String experiment,
    List<CirclePoint> start,
    List<ToyCourse> courses,
    List<StageRun> stages,
    Reproduction reproduction) {

  public ToyReport {
    start = List.copyOf(start);
    courses = List.copyOf(courses);
    stages = List.copyOf(stages);
  }

  /** How many points have a wrong label. */
  long mislabelled() {
    return start.stream().filter(CirclePoint::isMislabelled).count();
  }
}
