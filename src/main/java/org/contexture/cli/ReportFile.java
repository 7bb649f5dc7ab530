package org.contexture.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentReport;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.StageRuns;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.report.Evaluation;
import org.contexture.report.Fact;
import org.contexture.report.Report;
import org.contexture.report.ReportPage;

/**
 * The report of an experiment whose datasets are all in the store.
 *
 * @param command the command line that makes them
 */
record ReportFile(
    Reading<ExperimentSettings> reading, Experiment experiment, Store store, String command) {

  /**
   * Writes it and prints its figures.
   *
   * @param made the datasets that were made just now
   * @param environment what made the others
   */
  void write(ReportsOption reports, Set<DatasetId> made, List<Fact> environment, PrintWriter out) {
    ExperimentReport values = new ExperimentReport(experiment, store);
    List<Evaluation> evaluations = values.evaluations();
    Report report =
        Report.builder()
            .setExperiment(experiment.settings().name())
            .setBenchmark(values.benchmark())
            .setCommand(command)
            .setWarnings(values.warnings())
            .setEvaluations(evaluations)
            .setCurves(values.curves())
            .setStages(StageRuns.of(experiment.graph(), store, made))
            .setGallery(values.gallery())
            .setClasses(values.classes())
            .setSpace(values.space())
            .setSettings(reading.written())
            .setEnvironment(environment)
            .build();
    Path file = reports.write(experiment.settings().name() + ".html", ReportPage.html(report));
    Map<String, Evaluation> figures = new LinkedHashMap<>();
    evaluations.forEach(
        evaluation -> figures.put(evaluation.role().name().toLowerCase(Locale.ROOT), evaluation));
    new ResultsTable(figures).print(out);
    values.indexRecall().ifPresent(out::println);
    out.printf("Report: %s%n", file);
  }
}
