package org.contexture.training;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.NamedValue;

/** Means of a loss and its terms over the steps of an epoch. */
final class Means {
  private final SortedMap<String, Double> sums = new TreeMap<>();
  private double totals;
  private int count;

  void add(double total, List<NamedValue> terms) {
    totals += total;
    terms.forEach(term -> sums.merge(term.getName(), term.getValue(), Double::sum));
    count++;
  }

  double total() {
    return totals / count;
  }

  List<NamedValue> terms() {
    return sums.entrySet().stream()
        .map(entry -> new NamedValue(entry.getKey(), entry.getValue() / count))
        .toList();
  }
}
