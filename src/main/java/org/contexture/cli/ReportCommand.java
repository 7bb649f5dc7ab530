package org.contexture.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.contexture.experiment.ComparedRun;
import org.contexture.experiment.ExperimentComparison;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.report.Comparison;
import org.contexture.report.ComparisonPage;
import org.contexture.report.Evaluation;
import org.contexture.report.Fact;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reports on what is in the store; makes no dataset. */
@Command(
    name = "report",
    description =
        "Write the report of an experiment that was run again; of several, a page that compares"
            + " them.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private static final int LONGEST_FILE_NAME = 200;

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  List<GivenExperiment> reported;

  @Mixin StoreOption storeOption;
  @Mixin ReportsOption reports;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (reported.size() > Comparison.MOST_EXPERIMENTS) {
      throw Failure.usage(
          "%d experiments are too many for one page: give at most %d, so that their lines can be"
              + " told apart.",
          reported.size(), Comparison.MOST_EXPERIMENTS);
    }
    Store store = storeOption.open();
    List<FinishedExperiment> experiments = new ArrayList<>();
    for (GivenExperiment experiment : reported) {
      experiments.add(FinishedExperiment.read(experiment.options(), storeOption, store, out));
    }
    reports.require();
    if (experiments.size() == 1) {
      report(experiments.get(0), store, out);
    } else {
      compare(experiments, store, out);
    }
    return 0;
  }

  private void report(FinishedExperiment experiment, Store store, PrintWriter out) {
    Manifest measured = store.find(experiment.experiment().trained().metrics().id()).orElseThrow();
    List<Fact> environment =
        List.of(
            new Fact("Measured by Contexture", measured.codeVersion()),
            new Fact("Runner", measured.runner()),
            new Fact("Report by Contexture", CodeVersion.text()));
    new ReportFile(experiment.reading(), experiment.experiment(), store, experiment.command())
        .write(reports, Set.of(), environment, out);
  }

  private void compare(List<FinishedExperiment> experiments, Store store, PrintWriter out) {
    List<ComparedRun> runs = new DistinctNames(experiments).runs();
    Comparison comparison = new ExperimentComparison(runs, store).comparison(command());
    Path file = reports.write(fileName(runs), ComparisonPage.html(comparison));
    Map<String, Evaluation> figures = new LinkedHashMap<>();
    comparison
        .experiments()
        .forEach(experiment -> figures.put(experiment.name(), experiment.evaluation()));
    new ResultsTable(figures).print(out);
    out.printf("Comparison: %s%n", file);
  }

  private static String fileName(List<ComparedRun> runs) {
    String name =
        runs.stream()
            .map(ComparedRun::name)
            .collect(joining("-vs-"))
            .replaceAll("[^A-Za-z0-9._=-]+", "-");
    return name.substring(0, Math.min(LONGEST_FILE_NAME, name.length())) + ".html";
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of("./contexture report"));
    for (GivenExperiment experiment : reported) {
      words.addAll(experiment.options().words());
    }
    words.addAll(storeOption.words());
    words.addAll(reports.words());
    return String.join(" ", words);
  }
}
