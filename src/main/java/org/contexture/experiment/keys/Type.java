package org.contexture.experiment.keys;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the value of a key may be: how it is read, described and written. */
public abstract class Type<T> {
  Type() {}

  /** The value, or nothing after saying to {@code report} what is wrong with it. */
  abstract Optional<T> read(Given given, String path, Report report);

  /** What is allowed, in words: {@code a whole number from 1 to 8}. */
  abstract String allowed();

  /** The JSON Schema of the value, members in the order they are written. */
  abstract Map<String, Object> schema();

  /** The value as plain data: a number, truth, text, or list of those. */
  abstract Object plain(T value);

  /** The words that may be written, when they are few; else none. */
  List<String> choices() {
    return List.of();
  }

  /** The value as a file would say it. */
  final String written(T value) {
    Object plain = plain(value);
    return plain instanceof BigDecimal number ? number.toPlainString() : String.valueOf(plain);
  }
}
