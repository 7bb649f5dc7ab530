package org.contexture.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param values one a place on the horizontal axis; NaN breaks the line
 * @param low the lower end of the interval of each value; empty where there are no intervals
 * @param high the upper end of each
 */
record Series(String name, List<Double> values, List<Double> low, List<Double> high) {

  Series {
    values = List.copyOf(values);
    low = List.copyOf(low);
    high = List.copyOf(high);
    if (low.size() != high.size() || (!low.isEmpty() && low.size() != values.size())) {
      throw new IllegalArgumentException(
          "%d values, %d lower and %d upper ends: %s"
              .formatted(values.size(), low.size(), high.size(), name));
    }
  }

  /** A line without intervals. */
  Series(String name, List<Double> values) {
    this(name, values, List.of(), List.of());
  }

  /** Whether its values have intervals. */
  boolean hasBand() {
    return !low.isEmpty();
  }
}
