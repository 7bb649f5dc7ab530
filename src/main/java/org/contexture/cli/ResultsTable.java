package org.contexture.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.contexture.report.Evaluation;

/** The metrics of some networks, by what each is called, for a terminal. */
record ResultsTable(Map<String, Evaluation> evaluations) {
  ResultsTable {
    evaluations = new LinkedHashMap<>(evaluations);
  }

  void print(PrintWriter out) {
    Set<String> metrics = new LinkedHashSet<>();
    evaluations
        .values()
        .forEach(evaluation -> evaluation.metrics().forEach(metric -> metrics.add(metric.name())));
    List<String> headings = new ArrayList<>(List.of("on test classes, %"));
    headings.addAll(metrics);
    Table table = new Table(headings.toArray(String[]::new));
    evaluations.forEach(
        (name, evaluation) -> {
          List<String> cells = new ArrayList<>(List.of(name));
          metrics.forEach(metric -> cells.add(percent(evaluation.metric(metric))));
          table.row(cells.toArray(String[]::new));
        });
    out.println();
    table.print(out);
  }

  private static String percent(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * value.getAsDouble()) : "-";
  }
}
