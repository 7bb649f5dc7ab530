package org.contexture.loss;

import java.util.Optional;

/**
 * A number that a loss can be tuned with.
 *
 * @param key the option's name in experiment files; a dot separates levels ({@code
 *     weights.contextual})
 * @param kind which numbers it can be
 * @param defaultValue the published value
 * @param minimum the smallest value that makes sense, inclusive
 * @param maximum the largest value that makes sense, inclusive
 * @param description what it does, in a sentence
 */
public record LossOption(
    String key,
    Kind kind,
    double defaultValue,
    double minimum,
    double maximum,
    String description) {
  private static final String WEIGHTS = "weights.";

  /** Which numbers an option can be. */
  public enum Kind {
    NUMBER,
    /** It counts something. */
    WHOLE
  }

  /** The option that weighs a term of a sum. */
  static LossOption weight(String term, double defaultValue, String description) {
    return new LossOption(WEIGHTS + term, Kind.NUMBER, defaultValue, 0, 1, description);
  }

  /** The same option with another default. */
  public LossOption or(double value) {
    return new LossOption(key, kind, value, minimum, maximum, description);
  }

  /** The term that this option weighs; empty when it is no weight. */
  public Optional<String> weighed() {
    return key.startsWith(WEIGHTS)
        ? Optional.of(key.substring(WEIGHTS.length()))
        : Optional.empty();
  }

  /** Whether a value is one of those this option can be. */
  boolean allows(double value) {
    return value >= minimum
        && value <= maximum
        && (kind == Kind.NUMBER || value == Math.rint(value));
  }
}
