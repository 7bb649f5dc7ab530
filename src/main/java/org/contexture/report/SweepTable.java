package org.contexture.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the experiments of a sweep came to, as Markdown tables. */
public final class SweepTable {
  private final List<SweepEntry> measured;
  private final List<SweepEntry> candidates;

  /** A table of experiments; those without metrics only took part in the tuning. */
  public SweepTable(List<SweepEntry> entries) {
    measured = entries.stream().filter(SweepEntry::isMeasured).toList();
    candidates = entries.stream().filter(entry -> !entry.isMeasured()).toList();
  }

  /** One row a run; for every point of the grid, the given metrics over the repetitions. */
  public String results(List<String> metrics) {
    Set<String> points = distinct(measured, By.GRID);
    boolean tuned = measured.stream().anyMatch(entry -> !entry.tuned().isEmpty());
    List<String> headings = new ArrayList<>(List.of("run"));
    if (tuned) {
      headings.add("tuned");
    }
    for (String point : points) {
      for (String metric : metrics) {
        headings.add(MetricName.heading(metric) + (point.isEmpty() ? "" : ", " + point));
      }
    }
    Rows rows = new Rows(headings);
    for (String run : distinct(measured, By.RUN)) {
      List<SweepEntry> ofRun = measured.stream().filter(entry -> entry.run().equals(run)).toList();
      List<String> cells = new ArrayList<>(List.of(run));
      if (tuned) {
        cells.add(ofRun.get(0).tuned());
      }
      for (String point : points) {
        for (String metric : metrics) {
          cells.add(sample(ofRun, point, metric).percent());
        }
      }
      rows.add(cells);
    }
    return rows.text();
  }

  /** How many repetitions a figure is the mean of. */
  public long repetitions() {
    return measured.stream().map(SweepEntry::repeat).distinct().count();
  }

  /**
   * One row a run: Recall@1 on the validation classes of everything tried; empty if nothing was.
   */
  public String tuning() {
    if (candidates.isEmpty()) {
      return "";
    }
    List<String> headings = new ArrayList<>(List.of("run"));
    Set<String> tried = distinct(candidates, By.TUNED);
    headings.addAll(tried);
    Rows rows = new Rows(headings);
    Map<String, Map<String, String>> byRun = new LinkedHashMap<>();
    for (SweepEntry candidate : candidates) {
      byRun
          .computeIfAbsent(candidate.run(), run -> new LinkedHashMap<>())
          .put(candidate.tuned(), Numbers.tenths(candidate.validation()));
    }
    byRun.forEach(
        (run, values) -> {
          List<String> cells = new ArrayList<>(List.of(run));
          tried.forEach(value -> cells.add(values.getOrDefault(value, Numbers.NONE)));
          rows.add(cells);
        });
    return rows.text();
  }

  private static Sample sample(List<SweepEntry> ofRun, String point, String metric) {
    return new Sample(
        ofRun.stream()
            .filter(entry -> entry.point().equals(point))
            .flatMap(entry -> entry.metrics().stream())
            .filter(number -> number.name().equals(metric))
            .mapToDouble(NamedNumber::value)
            .toArray());
  }

  /** What entries are told apart by. */
  private enum By {
    RUN,
    GRID,
    TUNED;

    String of(SweepEntry entry) {
      return switch (this) {
        case RUN -> entry.run();
        case GRID -> entry.point();
        case TUNED -> entry.tuned();
      };
    }
  }

  private static Set<String> distinct(List<SweepEntry> entries, By by) {
    return entries.stream().map(by::of).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The rows of a Markdown table. */
  private static final class Rows {
    private final StringBuilder text = new StringBuilder();

    Rows(List<String> headings) {
      add(headings);
      text.append("|---".repeat(headings.size())).append("|\n");
    }

    void add(List<String> cells) {
      cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
      text.append("|\n");
    }

    String text() {
      return text.toString();
    }
  }
}
