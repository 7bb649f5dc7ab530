package org.contexture.experiment.keys;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which numbers are allowed. */
public record Range(double minimum, Bound lower, double maximum, Bound upper) {
  /** Whether the end of a range belongs to it. */
  public enum Bound {
    INCLUDED,
    EXCLUDED
  }

  /** From {@code minimum} to {@code maximum}, both included. */
  public static Range of(double minimum, double maximum) {
    return new Range(minimum, Bound.INCLUDED, maximum, Bound.INCLUDED);
  }

  /** The same without its lower end. */
  public Range aboveMinimum() {
    return new Range(minimum, Bound.EXCLUDED, maximum, upper);
  }

  /** The same without its upper end. */
  public Range belowMaximum() {
    return new Range(minimum, lower, maximum, Bound.EXCLUDED);
  }

  boolean contains(double number) {
    return (lower == Bound.INCLUDED ? number >= minimum : number > minimum)
        && (upper == Bound.INCLUDED ? number <= maximum : number < maximum);
  }

  String inWords() {
    return "%s %s %s %s"
        .formatted(
            lower == Bound.INCLUDED ? "from" : "above",
            plain(minimum).toPlainString(),
            upper == Bound.INCLUDED ? "to" : "to below",
            plain(maximum).toPlainString());
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(lower == Bound.INCLUDED ? "minimum" : "exclusiveMinimum", plain(minimum));
    schema.put(upper == Bound.INCLUDED ? "maximum" : "exclusiveMaximum", plain(maximum));
    return schema;
  }

  /** A number without an exponent or needless zeros. */
  static BigDecimal plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros();
  }
}
