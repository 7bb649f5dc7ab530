package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.Store;
import org.contexture.tracking.CsvTracker;
import org.contexture.tracking.TrainingTracker;
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
  @Mixin ModelsOption models;
  @Mixin TrackingOptions tracking;
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    execution.require();
    Reading<ExperimentSettings> reading = options.read();
    reading.notes().forEach(out::println);
    List<TrainingTracker> trackers = new ArrayList<>();
    trackers.add(new CsvTracker(reports.directory));
    trackers.addAll(tracking.trackers());
    Store store = options.store.open();
    store.requireWritable();
    if (options.until == null) {
      reports.require();
      models.require();
    }
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    ExperimentRun run =
        new ExperimentRun(reading, experiment, store, execution, trackers, command(), out);
    if (!run.made(() -> options.plan(experiment, store))) {
      return Farewell.EXIT_CODE;
    }
    if (options.until == null) {
      run.report(reports);
      run.model(models, options.store.words());
    }
    return 0;
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of(options.command("run")));
    words.addAll(execution.words());
    words.addAll(reports.words());
    words.addAll(models.words());
    words.addAll(tracking.words());
    return String.join(" ", words);
  }
}
