package org.contexture.experiment.keys;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * Collects what one reading of a file finds: all its problems, notes, and the settings that hold.
 */
final class Report {
  private static final int MOST_SHOWN = 100;

  private final Section<?> declaration;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<EffectiveSetting> effective = new ArrayList<>();

  Report(Section<?> declaration) {
    this.declaration = declaration;
  }

  void problem(Origin origin, String path, String message) {
    problems.add(new Problem(origin, path, message));
  }

  /** A value that its key does not allow. */
  void refused(Given given, String path, Type<?> type) {
    problem(given.origin(), path, "is " + given.described() + "; allowed: " + type.allowed());
  }

  /** The dotted path of a key of this name, or of this path, anywhere in the declaration. */
  Optional<String> elsewhere(String name) {
    return declaration.paths("").stream()
        .filter(path -> path.equals(name) || path.endsWith("." + name))
        .findFirst();
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  void holds(String path, String value, String source) {
    effective.add(new EffectiveSetting(path, value, source));
  }

  int problemCount() {
    return problems.size();
  }

  List<String> notes() {
    return notes;
  }

  List<EffectiveSetting> effective() {
    return effective;
  }

  /**
   * All problems, each once, as one failure, in the order of the file; empty when there are none.
   */
  Optional<Failure> failure() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    List<Problem> different = problems.stream().distinct().toList();
    String lines =
        different.stream()
            .sorted(Comparator.comparing(Problem::origin))
            .limit(MOST_SHOWN)
            .map(problem -> "\n  " + problem)
            .collect(joining());
    String rest =
        different.size() > MOST_SHOWN
            ? "\n  and %d more".formatted(different.size() - MOST_SHOWN)
            : "";
    String count = different.size() == 1 ? "1 problem" : different.size() + " problems";
    return Optional.of(Failure.usage("The settings cannot be used, %s:%s%s", count, lines, rest));
  }
}
