package org.contexture.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param values one a place on the horizontal axis; NaN breaks the line
 */
record Series(String name, List<Double> values) {

  Series {
    values = List.copyOf(values);
  }
}
