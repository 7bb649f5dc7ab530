package org.contexture.report;

import java.util.Objects;

/**
 * A number and what it is: a metric, a term of a loss, the learning rate of a parameter group.
 *
 * @param name metrics are named as in {@code RetrievalMetric}: {@code recall@1}, {@code map@r}
 * @param value metrics are fractions of 1; NaN where there is no value
 */
public record NamedNumber(String name, double value) {

  public NamedNumber {
    Objects.requireNonNull(name, "name");
  }
}
