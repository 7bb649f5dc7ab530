package org.contexture.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param values one a place on the horizontal axis; NaN where there is none
 * @param low the lower end of the interval of each value; empty where there are no intervals
 * @param high the upper end of each
 * @param gap what a place without a value means
 */
record Series(String name, List<Double> values, List<Double> low, List<Double> high, Gap gap) {

  /** What a place without a value means. */
  enum Gap {
    /** The value went out of bounds: the line ends there. */
    BREAK,
    /** Nobody looked: the line goes on to the next value. */
    BRIDGE
  }

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

  /** A line with intervals over places that not all of its values were measured at. */
  Series(String name, List<Double> values, List<Double> low, List<Double> high) {
    this(name, values, low, high, Gap.BRIDGE);
  }

  /** A line without intervals. */
  Series(String name, List<Double> values, Gap gap) {
    this(name, values, List.of(), List.of(), gap);
  }

  /** How many places have a value. */
  long count() {
    return values.stream().filter(Double::isFinite).count();
  }

  /** Whether a place has a value and neither of its neighbours has. */
  boolean isAlone(int at) {
    return isFinite(at) && !isFinite(at - 1) && !isFinite(at + 1);
  }

  private boolean isFinite(int at) {
    return at >= 0 && at < values.size() && Double.isFinite(values.get(at));
  }

  /** Whether its values have intervals. */
  boolean hasBand() {
    return !low.isEmpty();
  }
}
