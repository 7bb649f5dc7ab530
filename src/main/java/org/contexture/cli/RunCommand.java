package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentReport;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.StageRuns;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.report.Evaluation;
import org.contexture.report.NamedNumber;
import org.contexture.report.Report;
import org.contexture.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes what is missing of an experiment, and its report. */
@Command(
    name = "run",
    description = "Make the datasets of an experiment that are missing, and its report.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin ExperimentOptions options;
  @Mixin ExecutionOptions execution;
  @Mixin ReportsOption reports;
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Reading<ExperimentSettings> reading = options.read();
    reading.notes().forEach(out::println);
    Store store = options.store.open();
    store.requireWritable();
    if (options.until == null) {
      reports.require();
    }
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    Plan plan = options.plan(experiment, store);
    store.remember(
        experiment.settings().name(),
        experiment.graph().datasets().stream().map(Dataset::id).toList());
    ConsoleProgress progress = ExecutionOptions.progress(out);
    Farewell farewell = new Farewell(out, resume());
    try {
      execution.executor(store, progress).run(plan);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Farewell.EXIT_CODE;
    } catch (Failure failure) {
      throw failure.reworded("%s%n%s", failure.getMessage(), resume());
    } finally {
      farewell.forget();
    }
    if (options.until == null) {
      finish(reading, experiment, store, progress.made(), out);
    }
    return 0;
  }

  private String resume() {
    return "What is done is kept; this goes on from there: " + command();
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of(options.command("run")));
    words.addAll(execution.words());
    words.addAll(reports.words());
    return String.join(" ", words);
  }

  private void finish(
      Reading<ExperimentSettings> reading,
      Experiment experiment,
      Store store,
      Set<DatasetId> made,
      PrintWriter out)
      throws IOException {
    ExperimentReport values = new ExperimentReport(experiment, store);
    List<Evaluation> evaluations = values.evaluations();
    Report report =
        Report.builder()
            .setExperiment(experiment.settings().name())
            .setBenchmark(values.benchmark())
            .setCommand(command())
            .setWarnings(values.warnings())
            .setEvaluations(evaluations)
            .setCurves(values.curves())
            .setStages(StageRuns.of(experiment.graph(), store, made))
            .setGallery(values.gallery())
            .setSettings(reading.written())
            .setEnvironment(execution.environment())
            .build();
    Path file = reports.write(experiment.settings().name() + ".html", ReportPage.html(report));
    printResults(evaluations, out);
    out.printf("Report: %s%n", file);
  }

  private static void printResults(List<Evaluation> evaluations, PrintWriter out) {
    List<String> headings = new ArrayList<>(List.of("on test classes, %"));
    evaluations.get(0).metrics().forEach(metric -> headings.add(metric.name()));
    Table table = new Table(headings.toArray(String[]::new));
    for (Evaluation evaluation : evaluations) {
      List<String> cells = new ArrayList<>();
      cells.add(evaluation.role().name().toLowerCase(Locale.ROOT));
      for (NamedNumber metric : evaluation.metrics()) {
        cells.add(String.format(Locale.ROOT, "%.1f", 100 * metric.value()));
      }
      table.row(cells.toArray(String[]::new));
    }
    out.println();
    table.print(out);
  }
}
