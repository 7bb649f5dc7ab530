package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * Queries that two experiments disagree about.
 *
 * @param first name of the one
 * @param second name of the other
 * @param onlyFirst queries whose nearest image is of their class for the first alone
 * @param onlySecond queries of which that holds for the second alone
 */
public record Disagreements(
    String first, String second, List<Disagreement> onlyFirst, List<Disagreement> onlySecond) {

  public Disagreements {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
  }
}
