package org.contexture.loss;

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

  /** Which numbers an option can be. */
  public enum Kind {
    NUMBER,
    /** It counts something. */
    WHOLE
  }

  /** Whether a value is one of those this option can be. */
  boolean allows(double value) {
    return value >= minimum
        && value <= maximum
        && (kind == Kind.NUMBER || value == Math.rint(value));
  }
}
