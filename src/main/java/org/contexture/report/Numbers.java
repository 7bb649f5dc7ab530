package org.contexture.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the report writes figures: the same everywhere, whatever the machine's language. */
final class Numbers {
  /** What stands where there is no figure. */
  static final String NONE = "–";

  private static final Pattern NOTHING_LESS = Pattern.compile("-[0.]+");

  private Numbers() {}

  /** A fraction of 1 in percent with one decimal: {@code 61.3 %}. */
  static String percent(double fraction) {
    return Double.isFinite(fraction) ? tenths(fraction) + "\u00a0%" : NONE;
  }

  /** A fraction of 1 in percent, as a bare number for tables that say so in their head. */
  static String tenths(double fraction) {
    return Double.isFinite(fraction) ? decimal(fraction * 100, 1) : NONE;
  }

  /** A difference of two fractions of 1: {@code 2.4 points}, without its sign. */
  static String points(double difference) {
    String points = decimal(Math.abs(difference) * 100, 1);
    return points + (points.equals("1.0") ? "\u00a0point" : "\u00a0points");
  }

  /** A difference of two fractions of 1 with its sign: {@code +2.4}. */
  static String change(double difference) {
    String points = decimal(Math.abs(difference) * 100, 1);
    if (points.equals("0.0")) {
      return "±0.0";
    }
    return (difference > 0 ? "+" : "−") + points;
  }

  /** A probability: {@code 0.021}, {@code < 0.001}. */
  static String probability(double probability) {
    if (!Double.isFinite(probability)) {
      return NONE;
    }
    return probability < 0.001 ? "<\u00a00.001" : decimal(probability, 3);
  }

  /** {@code 2,516}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 2,516 images}, {@code 1 image}. */
  static String count(long count, String singular, String plural) {
    return count(count) + "\u00a0" + (count == 1 ? singular : plural);
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 4 min 12 s}, {@code 1 h 03 min}. */
  static String duration(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 9.95) {
      return decimal(seconds, 1) + "\u00a0s";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "\u00a0s";
    }
    if (whole < 3600) {
      return "%d\u00a0min %02d\u00a0s".formatted(whole / 60, whole % 60);
    }
    long minutes = Math.round(seconds / 60);
    return "%d\u00a0h %02d\u00a0min".formatted(minutes / 60, minutes % 60);
  }

  /** A cosine with two decimals. */
  static String similarity(double cosine) {
    return Double.isFinite(cosine) ? decimal(cosine, 2).replace('-', '−') : NONE;
  }

  /** A number of any size with three significant digits: {@code 0.0412}, {@code 5e-5}. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = significant(value).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= 1e-4 && size < 1e6) {
      return rounded.toPlainString().replace('-', '−');
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    String digits = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return digits.replace('-', '−') + "e" + exponent;
  }

  /** A number of an SVG attribute. */
  static String coordinate(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal significant(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int leading = exact.precision() - exact.scale();
    return exact.setScale(3 - leading, RoundingMode.HALF_UP);
  }

  /** With so many decimals; what is printed as zero has no sign. */
  private static String decimal(double value, int places) {
    String written = String.format(Locale.ROOT, "%." + places + "f", value);
    return NOTHING_LESS.matcher(written).matches() ? written.substring(1) : written;
  }
}
