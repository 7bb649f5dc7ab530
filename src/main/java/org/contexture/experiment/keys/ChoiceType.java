package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One of a few named values. */
final class ChoiceType<T> extends Type<T> {
  private final Map<String, T> choices = new LinkedHashMap<>();
  private final Function<T, String> name;

  ChoiceType(List<T> choices, Function<T, String> name) {
    this.name = name;
    choices.forEach(choice -> this.choices.put(name.apply(choice), choice));
  }

  @Override
  Optional<T> read(Given given, String path, Report report) {
    if (!(given instanceof Given.Word word)) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    if (choices.containsKey(word.text())) {
      return Optional.of(choices.get(word.text()));
    }
    String hint =
        Nearest.to(word.text(), choices.keySet())
            .map(nearest -> "; did you mean '" + nearest + "'?")
            .orElse("");
    report.problem(
        given.origin(), path, "is %s; allowed: %s%s".formatted(given.described(), allowed(), hint));
    return Optional.empty();
  }

  @Override
  String allowed() {
    return String.join(", ", choices.keySet());
  }

  @Override
  List<String> choices() {
    return List.copyOf(choices.keySet());
  }

  @Override
  Map<String, Object> schema() {
    return Map.of("enum", choices());
  }

  @Override
  Object plain(T value) {
    return name.apply(value);
  }
}
