package org.contexture.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;

/**
 * An experiment that was run, all of it or as much of it as is wanted.
 *
 * @param options what it was read from
 * @param reading its settings
 * @param experiment its stages
 * @param command the command line that makes them
 */
record FinishedExperiment(
    FileOptions options,
    Reading<ExperimentSettings> reading,
    Experiment experiment,
    String command) {

  /**
   * Reads an experiment whose datasets are all in the store.
   *
   * @throws Failure if it is not valid, or was not run to its end
   */
  static FinishedExperiment read(
      FileOptions options, StoreOption storeOption, Store store, PrintWriter out) {
    return read(options, storeOption, store, out, Experiment::graph);
  }

  /**
   * Reads an experiment whose trained network was measured: as in a sweep, which makes no more.
   *
   * @throws Failure if it is not valid, or was not run as far as that
   */
  static FinishedExperiment measured(
      FileOptions options, StoreOption storeOption, Store store, PrintWriter out) {
    return read(
        options,
        storeOption,
        store,
        out,
        experiment -> experiment.graph().until(experiment.trained().metrics().label()));
  }

  private static FinishedExperiment read(
      FileOptions options,
      StoreOption storeOption,
      Store store,
      PrintWriter out,
      Function<Experiment, StageGraph> wanted) {
    Reading<ExperimentSettings> reading = ExperimentFile.read(options.file, options.overrides);
    reading.notes().forEach(out::println);
    List<String> words = options.words("run");
    words.addAll(storeOption.words());
    String command = String.join(" ", words);
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    List<String> missing =
        wanted.apply(experiment).datasets().stream()
            .filter(dataset -> store.find(dataset).isEmpty())
            .map(Dataset::label)
            .toList();
    if (!missing.isEmpty()) {
      throw Failure.usage(
          "%s was not run to its end: %s %s not in %s. Make what is missing: %s",
          options.file,
          String.join(", ", missing),
          missing.size() == 1 ? "is" : "are",
          store.location(),
          command);
    }
    return new FinishedExperiment(options, reading, experiment, command);
  }
}
