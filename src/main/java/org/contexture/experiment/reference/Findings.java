package org.contexture.experiment.reference;

import java.util.ArrayList;
import java.util.List;
import org.contexture.failure.Failure;

/** What is found out about a command: what a user should know of it, and what is wrong with it. */
final class Findings {
  private final List<String> remarks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Something that has no equivalent, or is not as it may seem; a sentence. */
  void remark(String remark) {
    remarks.add(remark);
  }

  /** Something that keeps the command from being translated. */
  void problem(String problem) {
    problems.add(problem);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /**
   * Goes on where nothing is wrong.
   *
   * @throws Failure a usage failure that names all that is
   */
  void requireNoProblem() {
    if (!problems.isEmpty()) {
      throw Failure.usage(
          "The command cannot be translated, %d problem%s:\n  %s",
          problems.size(), problems.size() == 1 ? "" : "s", String.join("\n  ", problems));
    }
  }
}
