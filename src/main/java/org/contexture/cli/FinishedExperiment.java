package org.contexture.cli;

import java.io.PrintWriter;
import java.util.List;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;

/**
 * An experiment whose datasets are all in the store.
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
   * Reads an experiment.
   *
   * @throws Failure if it is not valid, or was not run to its end
   */
  static FinishedExperiment read(
      FileOptions options, StoreOption storeOption, Store store, PrintWriter out) {
    Reading<ExperimentSettings> reading = ExperimentFile.read(options.file, options.overrides);
    reading.notes().forEach(out::println);
    List<String> words = options.words("run");
    words.addAll(storeOption.words());
    String command = String.join(" ", words);
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    List<String> missing =
        experiment.graph().datasets().stream()
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
