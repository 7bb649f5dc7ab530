package org.contexture.report;

import java.util.Arrays;
import java.util.Locale;

/** Some measurements of the same quantity. */
final class Sample {
  private final double[] values;

  Sample(double[] values) {
    this.values = values.clone();
  }

  double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The standard deviation of what was sampled (divided by n - 1); NaN of fewer than two. */
  double deviation() {
    double mean = mean();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }

  /** Of fractions of 1, in percent: {@code 54.2 ± 0.3}, or {@code 54.2} of a single one. */
  String percent() {
    String mean = Numbers.tenths(mean());
    return values.length < 2
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.1f", 100 * deviation());
  }
}
