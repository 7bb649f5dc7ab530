package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code key.path=value}, as {@code --set} takes it. */
final class Overrides {
  private static final String FORM = "allowed: key.path=value, for example train.epochs=10";

  private Overrides() {}

  /** The given tree with each override laid over it in turn: the last of equal keys wins. */
  static Given over(Given given, List<String> arguments, Report report) {
    Given result = given;
    for (int i = 0; i < arguments.size(); i++) {
      Origin origin = Origin.onCommandLine(arguments.get(i), i + 1);
      Optional<Given> override = read(arguments.get(i), origin, report);
      if (override.isPresent()) {
        result = result.overriddenBy(override.get());
      }
    }
    return result;
  }

  private static Optional<Given> read(String argument, Origin origin, Report report) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      report.problem(origin, "", "has no '='; " + FORM);
      return Optional.empty();
    }
    List<String> names = names(argument.substring(0, equals));
    if (names.stream().anyMatch(String::isBlank)) {
      report.problem(origin, "", "has an empty name in its key; " + FORM);
      return Optional.empty();
    } else if (names.size() > YamlReader.DEEPEST) {
      report.problem(origin, "", "is more than %d levels deep".formatted(YamlReader.DEEPEST));
      return Optional.empty();
    }
    String value = argument.substring(equals + 1);
    Given given = new Given.Word(value, Given.Word.Style.ARGUMENT, origin);
    for (int i = names.size() - 1; i >= 0; i--) {
      given = new Given.Fields(Map.of(names.get(i), new Given.Field(origin, given)), origin);
    }
    return Optional.of(given);
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
      names.add(path.substring(start, dot));
      start = dot + 1;
    }
    names.add(path.substring(start));
    return names;
  }
}
