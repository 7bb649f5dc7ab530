package org.contexture.report;

import java.util.List;

/** What a sweep came to at the first point of its grid, in words. */
record SweepHeadline(SweepReport report) {

  /** What a run reached there; the mean is finite. */
  record Reached(String run, String tuned, double mean) {}

  /** The runs that were measured, in the order of the sweep. */
  List<Reached> reached() {
    return report.table().runs().stream()
        .map(
            run ->
                new Reached(
                    run,
                    report.table().tuned(run),
                    report.table().sample(run, point(), metric()).mean()))
        .filter(run -> Double.isFinite(run.mean()))
        .toList();
  }

  boolean isBest(Reached run) {
    return Numbers.tenths(run.mean()).equals(Numbers.tenths(best()));
  }

  /** The headline, one sentence. */
  String sentence() {
    if (reached().isEmpty()) {
      return "No run was measured by %s.".formatted(title());
    }
    List<String> best = reached().stream().filter(this::isBest).map(Reached::run).toList();
    String who =
        best.size() == 1
            ? best.get(0) + " reaches"
            : "%s and %s reach"
                .formatted(
                    String.join(", ", best.subList(0, best.size() - 1)), best.get(best.size() - 1));
    return "%s the highest %s, %s, of %s%s."
        .formatted(
            who,
            title(),
            Numbers.percent(best()),
            Numbers.count(reached().size(), "run", "runs"),
            where());
  }

  /** What the bars are. */
  String caption() {
    return "%s%s, on a scale to 100 %%".formatted(title(), where());
  }

  private double best() {
    return reached().stream().mapToDouble(Reached::mean).max().orElse(Double.NaN);
  }

  private String where() {
    return point().isEmpty() ? "" : " at " + point();
  }

  private String point() {
    return report.table().points().stream().findFirst().orElse("");
  }

  private String metric() {
    return report.metrics().get(0);
  }

  private String title() {
    return MetricName.title(metric());
  }
}
