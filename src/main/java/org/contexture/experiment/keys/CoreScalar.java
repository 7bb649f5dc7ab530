package org.contexture.experiment.keys;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What an unquoted word is: the core schema of YAML 1.2.2, section 10.3.2. Unlike in YAML 1.1,
 * {@code yes} and {@code 1_000} are text and {@code 1e-3} is a number.
 */
enum CoreScalar {
  EMPTY,
  TRUTH,
  WHOLE,
  NUMBER,
  TEXT;

  private static final Pattern EMPTY_WORD = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern TRUTH_WORD = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern FINITE =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** The largest size up to which every whole number is a double. */
  private static final double EXACT = 1L << 53;

  static CoreScalar of(String word) {
    if (matches(EMPTY_WORD, word)) {
      return EMPTY;
    } else if (matches(TRUTH_WORD, word)) {
      return TRUTH;
    } else if (matches(DECIMAL, word) || matches(OCTAL, word) || matches(HEXADECIMAL, word)) {
      return WHOLE;
    }
    return matches(FINITE, word) || matches(NOT_FINITE, word) ? NUMBER : TEXT;
  }

  /**
   * The whole number that a word writes, {@code 64.0} and {@code 1e3} included; at most 18 digits.
   */
  static OptionalLong whole(String word) {
    try {
      if (matches(DECIMAL, word)) {
        return OptionalLong.of(Long.parseLong(word));
      } else if (matches(OCTAL, word)) {
        return OptionalLong.of(Long.parseLong(word.substring(2), 8));
      } else if (matches(HEXADECIMAL, word)) {
        return OptionalLong.of(Long.parseLong(word.substring(2), 16));
      }
    } catch (NumberFormatException tooLong) {
      return OptionalLong.empty();
    }
    OptionalDouble number = number(word);
    boolean whole =
        number.isPresent()
            && number.getAsDouble() == Math.rint(number.getAsDouble())
            && Math.abs(number.getAsDouble()) <= EXACT;
    return whole ? OptionalLong.of((long) number.getAsDouble()) : OptionalLong.empty();
  }

  /** The finite number that a word writes; zero has no sign. */
  static OptionalDouble number(String word) {
    if (matches(OCTAL, word) || matches(HEXADECIMAL, word)) {
      OptionalLong whole = whole(word);
      return whole.isPresent()
          ? OptionalDouble.of((double) whole.getAsLong())
          : OptionalDouble.empty();
    } else if (!matches(FINITE, word)) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(word);
    return Double.isFinite(number) ? OptionalDouble.of(number + 0.0) : OptionalDouble.empty();
  }

  private static boolean matches(Pattern pattern, String word) {
    return pattern.matcher(word).matches();
  }
}
