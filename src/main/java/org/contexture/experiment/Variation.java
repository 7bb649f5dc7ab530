package org.contexture.experiment;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of some keys.
 *
 * @param values by dotted key, as the file has them
 */
public record Variation(Map<String, String> values) {

  public Variation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(joining(", "));
  }
}
