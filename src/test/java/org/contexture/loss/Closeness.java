package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares with reference tensors: the error counts relative to the largest entry. */
final class Closeness {

  private Closeness() {}

  static void assertClose(String what, float[] actual, float[] expected, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = 0;
    double worst = 0;
    int where = 0;
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) actual[i] - expected[i]);
      largest = Math.max(largest, Math.abs(expected[i]));
      if (!(error <= worst)) {
        worst = error;
        where = i;
      }
    }
    assertThat(worst)
        .as("error of %s at %d: %s for %s", what, where, actual[where], expected[where])
        .isLessThanOrEqualTo(relative * largest + 1e-7);
  }

  static void assertFinite(String what, float[] values) {
    for (float value : values) {
      assertThat(Float.isFinite(value)).as("%s is finite: %s", what, value).isTrue();
    }
  }
}
