package org.contexture.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.contexture.experiment.ComparedRun;
import org.contexture.failure.Failure;

/** What experiments of one command are called, as short as tells them apart. */
record DistinctNames(List<FinishedExperiment> experiments) {

  /**
   * The names, in the order of the experiments: those in their settings; if two are the same, with
   * what is laid over their files; if that does not do, with their files.
   *
   * @throws Failure if an experiment is given twice
   */
  List<String> names() {
    List<Function<FinishedExperiment, String>> ways =
        List.of(
            experiment -> experiment.reading().settings().name(),
            experiment ->
                with(experiment.reading().settings().name(), experiment.options().overrides),
            experiment ->
                with(experiment.options().file.toString(), experiment.options().overrides));
    for (Function<FinishedExperiment, String> way : ways) {
      List<String> names = experiments.stream().map(way).toList();
      if (names.stream().distinct().count() == names.size()) {
        return names;
      }
    }
    throw Failure.usage(
        "An experiment is given twice among %s; compare experiments that differ in their file or in"
            + " what --set says after it.",
        String.join(", ", experiments.stream().map(ways.get(2)).toList()));
  }

  /** The experiments by their names, to be compared. */
  List<ComparedRun> runs() {
    List<String> names = names();
    List<ComparedRun> runs = new ArrayList<>();
    for (int index = 0; index < experiments.size(); index++) {
      FinishedExperiment experiment = experiments.get(index);
      runs.add(
          new ComparedRun(
              names.get(index),
              experiment.experiment(),
              experiment.reading().effective(),
              experiment.command()));
    }
    return runs;
  }

  private static String with(String name, List<String> overrides) {
    return String.join(" ", List.of(name, String.join(" ", overrides))).strip();
  }
}
