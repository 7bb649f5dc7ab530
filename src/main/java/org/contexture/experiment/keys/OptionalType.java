package org.contexture.experiment.keys;

import java.util.Map;
import java.util.Optional;

/** A text-like value, or the word {@code none}. */
final class OptionalType<T> extends Type<Optional<T>> {
  private static final String NONE = "none";

  private final Type<T> type;

  OptionalType(Type<T> type) {
    this.type = type;
  }

  @Override
  Optional<Optional<T>> read(Given given, String path, Report report) {
    if (given instanceof Given.Word word && word.text().equals(NONE)) {
      return Optional.of(Optional.empty());
    }
    Optional<T> value = type.read(given, path, report);
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  @Override
  String allowed() {
    return type.allowed() + ", or none";
  }

  @Override
  Map<String, Object> schema() {
    return type.schema();
  }

  @Override
  Object plain(Optional<T> value) {
    return value.map(type::plain).orElse(NONE);
  }
}
