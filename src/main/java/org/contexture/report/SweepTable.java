package org.contexture.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the experiments of a sweep came to, as tables. */
final class SweepTable {
  private static final String PUBLISHED_METRIC = "recall@1";

  private final List<SweepEntry> measured;
  private final List<SweepEntry> candidates;

  /** A table of experiments; those without metrics only took part in the tuning. */
  SweepTable(List<SweepEntry> entries) {
    measured = entries.stream().filter(SweepEntry::isMeasured).toList();
    candidates = entries.stream().filter(entry -> !entry.isMeasured()).toList();
  }

  /**
   * One row a run; for every point of the grid, the given metrics over the repetitions, and beside
   * Recall@1 what was published of it and the difference.
   */
  TextTable results(List<String> metrics) {
    List<Column> columns = columns(metrics);
    List<String> headings = new ArrayList<>(List.of("run"));
    columns.forEach(column -> headings.add(column.heading()));
    List<List<String>> rows = new ArrayList<>();
    for (String run : runs()) {
      List<String> cells = new ArrayList<>(List.of(run));
      columns.forEach(column -> cells.add(column.cell().apply(run)));
      rows.add(cells);
    }
    return new TextTable(headings, rows);
  }

  /** A column of the results, and what it says of a run. */
  private record Column(String heading, Function<String, String> cell) {}

  private List<Column> columns(List<String> metrics) {
    List<Column> columns = new ArrayList<>();
    if (measured.stream().anyMatch(entry -> !entry.tuned().isEmpty())) {
      columns.add(new Column("tuned", this::tuned));
    }
    for (String point : points()) {
      String at = point.isEmpty() ? "" : ", " + point;
      for (String metric : metrics) {
        columns.add(
            new Column(
                MetricName.heading(metric) + at, run -> sample(run, point, metric).percent()));
        if (metric.equals(PUBLISHED_METRIC) && hasPublished(point)) {
          columns.add(
              new Column(
                  "published" + at,
                  run -> published(run, point).map(PublishedFigure::percent).orElse(Numbers.NONE)));
          columns.add(new Column("difference" + at, run -> difference(run, point)));
        }
      }
    }
    return columns;
  }

  /** The runs that were measured, in the order of the sweep. */
  Set<String> runs() {
    return distinct(measured, SweepEntry::run);
  }

  /** The points of the grid; one without a name where there is none. */
  Set<String> points() {
    return distinct(measured, SweepEntry::point);
  }

  /** How many repetitions a figure is the mean of. */
  long repetitions() {
    return distinct(measured, SweepEntry::repeat).size();
  }

  /** Whether something was published of any experiment. */
  boolean hasPublished() {
    return measured.stream().anyMatch(entry -> entry.published().isPresent());
  }

  private boolean hasPublished(String point) {
    return measured.stream()
        .anyMatch(entry -> entry.point().equals(point) && entry.published().isPresent());
  }

  private Optional<PublishedFigure> published(String run, String point) {
    return measured.stream()
        .filter(entry -> entry.run().equals(run) && entry.point().equals(point))
        .flatMap(entry -> entry.published().stream())
        .findFirst();
  }

  private String difference(String run, String point) {
    double reached = sample(run, point, PUBLISHED_METRIC).mean();
    return published(run, point)
        .filter(figure -> Double.isFinite(reached))
        .map(figure -> Numbers.change(reached - figure.recallAt1()))
        .orElse(Numbers.NONE);
  }

  /** What was chosen for a run; empty where nothing is tuned. */
  String tuned(String run) {
    return measured.stream()
        .filter(entry -> entry.run().equals(run))
        .map(SweepEntry::tuned)
        .findFirst()
        .orElse("");
  }

  /** A metric of a run at a point of the grid, over the repetitions. */
  Sample sample(String run, String point, String metric) {
    return new Sample(
        measured.stream()
            .filter(entry -> entry.run().equals(run) && entry.point().equals(point))
            .flatMap(entry -> entry.metrics().stream())
            .filter(number -> number.name().equals(metric))
            .mapToDouble(NamedNumber::value)
            .toArray());
  }

  /** Whether anything was tried only to choose. */
  boolean isTuned() {
    return !candidates.isEmpty();
  }

  /** One row a run: Recall@1 on the validation classes of everything tried. */
  TextTable tuning() {
    List<String> headings = new ArrayList<>(List.of("run"));
    Set<String> tried = distinct(candidates, SweepEntry::tuned);
    headings.addAll(tried);
    Map<String, Map<String, String>> byRun = new LinkedHashMap<>();
    for (SweepEntry candidate : candidates) {
      byRun
          .computeIfAbsent(candidate.run(), run -> new LinkedHashMap<>())
          .put(candidate.tuned(), Numbers.tenths(candidate.validation()));
    }
    List<List<String>> rows = new ArrayList<>();
    byRun.forEach(
        (run, values) -> {
          List<String> cells = new ArrayList<>(List.of(run));
          tried.forEach(value -> cells.add(values.getOrDefault(value, Numbers.NONE)));
          rows.add(cells);
        });
    return new TextTable(headings, rows);
  }

  private static Set<String> distinct(List<SweepEntry> entries, Function<SweepEntry, String> by) {
    return entries.stream().map(by).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
