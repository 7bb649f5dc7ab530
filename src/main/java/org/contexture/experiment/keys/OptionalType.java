package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value, or the word {@code none}. */
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
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("anyOf", List.of(type.schema(), Map.of("const", NONE)));
    return schema;
  }

  @Override
  Object plain(Optional<T> value) {
    return value.map(type::plain).orElse(NONE);
  }
}
