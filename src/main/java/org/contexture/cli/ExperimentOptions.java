package org.contexture.cli;

import java.util.List;
import java.util.Set;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run} and {@code plan} are told: an experiment, and how much of it. */
final class ExperimentOptions {
  @Mixin FileOptions settings;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      description = "Make only this stage, as 'plan' names it, and what it needs.")
  String until;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description =
          "Make this stage, as 'plan' names it, again from nothing, and all that follows from it.")
  String from;

  @Mixin StoreOption store;

  Reading<ExperimentSettings> read() {
    return ExperimentFile.read(settings.file, settings.overrides);
  }

  static Experiment experiment(ExperimentSettings settings, Store store) {
    FileDigests digests = StoreOption.digests(store);
    Experiment experiment = Experiment.training(settings, digests);
    digests.save();
    return experiment;
  }

  Plan plan(Experiment experiment, Store opened) {
    StageGraph graph = experiment.graph();
    Set<Dataset<?>> rebuilt = from == null ? Set.of() : Set.copyOf(graph.from(from));
    return Plan.of(until == null ? graph : graph.until(until), opened, rebuilt);
  }

  /** The command line that does the same again, for a shell. */
  String command(String verb) {
    List<String> words = settings.words(verb);
    if (until != null) {
      words.addAll(List.of("--until", until));
    }
    if (from != null) {
      words.addAll(List.of("--from", from));
    }
    words.addAll(store.words());
    return String.join(" ", words);
  }
}
