package org.contexture.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.contexture.experiment.ComparedStage;
import org.contexture.pipeline.DatasetId;
import org.contexture.report.ComparedExperiment;
import org.contexture.report.ComparedFact;
import org.contexture.report.Comparison;
import org.contexture.report.Metric;
import org.contexture.report.RecallDifference;
import org.contexture.report.RecallVerdict;

/**
 * What two experiments differ in, for a terminal.
 *
 * @param lineage the stages behind the figures of both
 */
record ComparisonText(Comparison comparison, List<ComparedStage> lineage) {
  private static final String RECALL = "recall@1";
  private static final String NONE = "-";
  private static final int MOST_REASONS = 3;
  private static final double SMALLEST_SHOWN = 0.001;

  void print(PrintWriter out) {
    RecallDifference difference = comparison.differences().get(0);
    recalls(out);
    out.println();
    out.println(text(difference));
    settings(out);
    datasets(out);
    comparison.warnings().forEach(warning -> out.printf("%nNote: %s%n", warning));
    out.println();
    out.println(new RecallVerdict(difference, between()).text());
  }

  private void recalls(PrintWriter out) {
    Table table = new Table("on test classes, %", "R@1", "95 % interval", "queries");
    for (ComparedExperiment experiment : comparison.experiments()) {
      Optional<Metric> recall = experiment.evaluation().measured(RECALL);
      table.row(
          experiment.name(),
          recall.map(metric -> percent(metric.value())).orElse(NONE),
          recall
              .map(metric -> percent(metric.low()) + " to " + percent(metric.high()))
              .orElse(NONE),
          String.format(Locale.ROOT, "%,d", experiment.evaluation().queries()));
    }
    table.print(out);
  }

  private static String text(RecallDifference difference) {
    String text =
        String.format(
            Locale.ROOT,
            "%s less %s: %+.1f points of R@1, 95 %% interval %+.1f to %+.1f",
            difference.first(),
            difference.second(),
            100 * difference.value(),
            100 * difference.low(),
            100 * difference.high());
    return difference
        .pairs()
        .map(pairs -> text + ", " + text(pairs))
        .orElse(text + ".\nThey were tested on other images, so their queries are not paired.");
  }

  private static String text(RecallDifference.Pairs pairs) {
    double probability = pairs.probability();
    return String.format(
        Locale.ROOT,
        "p %s (McNemar's exact test).%nOf the same %,d queries both have %,d right, the first alone"
            + " %,d, the second alone %,d.",
        probability < SMALLEST_SHOWN
            ? "< 0.001"
            : String.format(Locale.ROOT, "= %.3f", probability),
        pairs.queries(),
        pairs.both(),
        pairs.onlyFirst(),
        pairs.onlySecond());
  }

  private void settings(PrintWriter out) {
    out.println();
    if (comparison.settings().isEmpty()) {
      out.println("All settings are the same, but for the name.");
      return;
    }
    Table table = table("settings that differ");
    for (ComparedFact setting : comparison.settings()) {
      table.row(setting.name(), orNone(setting.values().get(0)), orNone(setting.values().get(1)));
    }
    table.print(out);
  }

  private void datasets(PrintWriter out) {
    List<String> shared =
        lineage.stream().filter(ComparedStage::isShared).map(ComparedStage::label).toList();
    out.println();
    if (shared.size() < lineage.size()) {
      Table table = table("datasets that differ", "because of");
      for (ComparedStage stage : lineage) {
        if (!stage.isShared()) {
          table.row(stage.label(), address(stage.first()), address(stage.second()), reason(stage));
        }
      }
      table.print(out);
    }
    out.printf(
        "datasets that are the same: %s%n", shared.isEmpty() ? "none" : String.join(", ", shared));
  }

  private Table table(String heading, String... more) {
    String[] headings = new String[comparison.experiments().size() + 1 + more.length];
    headings[0] = heading;
    int column = 1;
    for (ComparedExperiment experiment : comparison.experiments()) {
      headings[column++] = experiment.name();
    }
    System.arraycopy(more, 0, headings, column, more.length);
    return new Table(headings);
  }

  private static String reason(ComparedStage stage) {
    if (stage.first().isEmpty() || stage.second().isEmpty()) {
      return "one has no such stage";
    }
    List<String> settings = stage.settings();
    if (settings.isEmpty()) {
      return "what it is made from";
    }
    String first = settings.stream().limit(MOST_REASONS).collect(joining(", ", "settings: ", ""));
    int more = settings.size() - MOST_REASONS;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  private static String address(Optional<DatasetId> dataset) {
    return dataset.map(DatasetId::toString).orElse(NONE);
  }

  /** What sets the figures apart; what is published or drawn of an experiment does not. */
  private RecallVerdict.Between between() {
    List<ComparedStage> differing = lineage.stream().filter(stage -> !stage.isShared()).toList();
    if (differing.isEmpty()) {
      return RecallVerdict.Between.NOTHING;
    }
    boolean seeds =
        differing.stream()
            .allMatch(
                stage ->
                    stage.first().isPresent()
                        && stage.second().isPresent()
                        && stage.settings().stream().allMatch(ComparisonText::isSeed));
    return seeds ? RecallVerdict.Between.SEEDS : RecallVerdict.Between.SETTINGS;
  }

  private static boolean isSeed(String setting) {
    return setting.equals("seed") || setting.endsWith(".seed");
  }

  private static String orNone(String value) {
    return value.isEmpty() ? NONE : value;
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }
}
