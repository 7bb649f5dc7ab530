package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * Something that every experiment of a comparison has: a setting, a dataset.
 *
 * @param name what it is
 * @param values what it is in each experiment, in their order; empty where one has none
 */
public record ComparedFact(String name, List<String> values) {

  public ComparedFact {
    Objects.requireNonNull(name, "name");
    values = List.copyOf(values);
  }

  /** Whether it is another in any of them. */
  boolean differs() {
    return values.stream().distinct().count() > 1;
  }
}
