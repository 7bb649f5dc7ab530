package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.contexture.embedding.TrainedModel;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.record.Checkpoint;
import org.contexture.tracking.TrainingTracker;

/** One experiment of a command: its datasets are made, and then reported on. */
final class ExperimentRun {
  private final Reading<ExperimentSettings> reading;
  private final Experiment experiment;
  private final Store store;
  private final ExecutionOptions execution;
  private final List<TrainingTracker> trackers;
  private final String command;
  private final PrintWriter out;
  private final ConsoleProgress progress;

  /**
   * A run that has not begun.
   *
   * @param trackers are told of its trainings
   * @param command the command line that does the same again
   */
  ExperimentRun(
      Reading<ExperimentSettings> reading,
      Experiment experiment,
      Store store,
      ExecutionOptions execution,
      List<TrainingTracker> trackers,
      String command,
      PrintWriter out) {
    this.reading = reading;
    this.experiment = experiment;
    this.store = store;
    this.execution = execution;
    this.trackers = trackers;
    this.command = command;
    this.out = out;
    this.progress = ExecutionOptions.progress(out);
  }

  /**
   * Makes what a plan says.
   *
   * @param planned looks what is there; called when the store knows that it is wanted, so that
   *     nobody removes it meanwhile
   * @return whether it was made; not when it was interrupted
   */
  boolean made(Supplier<Plan> planned) throws IOException {
    store.remember(
        experiment.settings().name(),
        experiment.graph().datasets().stream().map(Dataset::id).toList());
    Plan plan = planned.get();
    Processor.ofThisMachine()
        .notice(experiment.settings().model().precision())
        .ifPresent(out::println);
    return new ResumableWork(command, execution, out)
        .isDone(
            () -> {
              try (TrackedRun tracked =
                  new TrackedRun(progress, experiment.settings().name(), store, trackers, out)) {
                execution.executor(store, tracked).run(plan);
              }
            });
  }

  /** Writes the report of what was made and prints its figures. */
  void report(ReportsOption reports) {
    new ReportFile(reading, experiment, store, command)
        .write(reports, progress.made(), execution.environment(), out);
  }

  /**
   * Writes the trained network as files for use elsewhere, and says how to search with it.
   *
   * @param storeWords the words of a command line that name the store
   */
  void model(ModelsOption models, List<String> storeWords) throws IOException {
    Dataset<Checkpoint> dataset = experiment.trained().checkpoint();
    Checkpoint checkpoint = store.open(dataset).open().read(0);
    Path file =
        models.write(
            checkpoint,
            experiment.settings().images().seenInTests(),
            new TrainedModel.Training(
                experiment.settings().name(),
                dataset.id().toString(),
                dataset.fingerprint().hex(),
                checkpoint.getStep(),
                store.resolve(dataset.id()).codeVersion()));
    out.printf("Model: %s%n", file);
    List<String> search = new ArrayList<>(List.of("./contexture", "search"));
    search.addAll(List.of("--model", FileOptions.quoted(file.toString())));
    Dataset<?> embeddings = experiment.trained().neighbours().stage().inputs().get("embeddings");
    search.addAll(List.of("--gallery", embeddings.id().toString()));
    search.addAll(storeWords);
    out.printf("Search: %s --image FILE%n", String.join(" ", search));
  }
}
