package org.contexture.report;

import java.util.Objects;

/** A line of the environment: {@code Runner}, {@code DirectRunner, 2 workers}. */
public record Fact(String name, String value) {

  public Fact {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
