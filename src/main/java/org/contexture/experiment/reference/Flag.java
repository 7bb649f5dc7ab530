package org.contexture.experiment.reference;

import java.util.List;

/**
 * A flag of a program of the paper's code.
 *
 * @param name with its hyphens, as it is written
 * @param kind what its value is
 * @param fallback the value where it is not given
 * @param choices the words that are allowed; empty for any
 */
record Flag(String name, Kind kind, String fallback, List<String> choices) {

  /** What a value is. */
  enum Kind {
    TEXT("a word"),
    WHOLE("a whole number"),
    NUMBER("a number");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  Flag {
    choices = List.copyOf(choices);
  }

  static Flag text(String name, String fallback) {
    return new Flag(name, Kind.TEXT, fallback, List.of());
  }

  static Flag choice(String name, String fallback, List<String> choices) {
    return new Flag(name, Kind.TEXT, fallback, choices);
  }

  static Flag whole(String name, int fallback) {
    return new Flag(name, Kind.WHOLE, Integer.toString(fallback), List.of());
  }

  static Flag number(String name, String fallback) {
    return new Flag(name, Kind.NUMBER, fallback, List.of());
  }
}
