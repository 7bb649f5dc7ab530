package org.contexture.benchmark;

import java.util.Optional;

/** Whole numbers as metadata has them. */
final class Whole {
  private Whole() {}

  /** A number from 0 on; nothing for other text, or none. */
  static Optional<Integer> of(String text) {
    try {
      return text == null || !text.matches("[0-9]+")
          ? Optional.empty()
          : Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
