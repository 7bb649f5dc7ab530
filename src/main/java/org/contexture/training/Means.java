package org.contexture.training;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.NamedValue;

/** Means of a loss and its terms over the steps of an epoch. */
final class Means {
  static final String TOTAL = "total";

  private final SortedMap<String, Double> sums = new TreeMap<>();
  private int count;

  void add(Map<String, Double> step) {
    step.forEach((name, value) -> sums.merge(name, value, Double::sum));
    count++;
  }

  double total() {
    return sums.getOrDefault(TOTAL, 0.0) / count;
  }

  List<NamedValue> terms() {
    return sums.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(TOTAL))
        .map(entry -> new NamedValue(entry.getKey(), entry.getValue() / count))
        .toList();
  }
}
