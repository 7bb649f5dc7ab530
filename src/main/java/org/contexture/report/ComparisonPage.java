package org.contexture.report;

import static java.util.stream.Collectors.joining;
import static org.contexture.report.Html.element;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a {@link Comparison} into one HTML file that needs nothing else. */
public final class ComparisonPage {
  private static final List<Section> SECTIONS =
      List.of(
          Section.MODELS,
          Section.DIFFERENCES,
          Section.RECALL,
          Section.CURVES,
          Section.SETTINGS,
          Section.DATA,
          Section.DISAGREEMENTS,
          Section.BENCHMARK,
          Section.REPRODUCTION);

  private ComparisonPage() {}

  /** The page as text, to be written in UTF-8. */
  public static String html(Comparison comparison) {
    return new Page(
            comparison.experiments().stream()
                .map(ComparedExperiment::name)
                .collect(joining(" vs ")),
            SECTIONS,
            List.of(
                ComparisonHeadlineSection.of(comparison),
                WarningsSection.of(comparison.warnings()),
                metrics(comparison),
                DifferencesSection.of(comparison.differences()),
                recall(comparison),
                ComparedCurvesSection.of(comparison.experiments()),
                settings(comparison),
                data(comparison),
                DisagreementsSection.of(comparison.disagreements()),
                BenchmarkSection.of(comparison.benchmarks()),
                reproduction(comparison)))
        .html();
  }

  private static Element metrics(Comparison comparison) {
    List<MetricsTable.Row> rows =
        comparison.experiments().stream()
            .map(experiment -> new MetricsTable.Row(experiment.name(), experiment.evaluation()))
            .toList();
    return Section.MODELS
        .start()
        .add(
            Section.scrolling(
                "Metrics of the trained network of every experiment",
                new MetricsTable("Experiment", rows).render()),
            MetricsTable.note());
  }

  private static Element recall(Comparison comparison) {
    Map<String, Map<Integer, Metric>> curves = new LinkedHashMap<>();
    comparison
        .experiments()
        .forEach(
            experiment -> curves.put(experiment.name(), RecallCurve.of(experiment.evaluation())));
    return Section.RECALL
        .start()
        .add(RecallSection.note())
        .add(new RecallCurve(curves).render("recall-curve"));
  }

  private static Element settings(Comparison comparison) {
    Element section = Section.SETTINGS.start();
    if (comparison.settings().isEmpty()) {
      return section.add(Section.missing("All settings are the same, but for the name."));
    }
    return section.add(
        Section.scrolling(
            "Settings that differ",
            new ComparedFactsTable("Setting", names(comparison), comparison.settings()).render()),
        element("p", "note")
            .text("Defaults included; a dash where an experiment has no such setting."));
  }

  private static Element data(Comparison comparison) {
    Element section = Section.DATA.start();
    if (comparison.data().isEmpty()) {
      return section.add(Section.missing("The data behind the figures are not known."));
    }
    return section.add(
        Section.scrolling(
            "Data and networks",
            new ComparedFactsTable("What", names(comparison), comparison.data()).render()),
        element("p", "note")
            .text("Fingerprints of datasets: equal ones are the same, byte for byte."));
  }

  private static List<String> names(Comparison comparison) {
    return comparison.experiments().stream().map(ComparedExperiment::name).toList();
  }

  private static Element reproduction(Comparison comparison) {
    String experiments =
        comparison.experiments().stream().map(ComparedExperiment::command).collect(joining("\n"));
    return Section.REPRODUCTION
        .start()
        .add(
            element("p", "lead").text("These commands make the same datasets, and then this page:"),
            element("pre", "command")
                .add(element("code").text(experiments + "\n" + comparison.command())));
  }
}
