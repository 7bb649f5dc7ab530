package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.contexture.experiment.Sweep;
import org.contexture.experiment.SweepExecution;
import org.contexture.experiment.SweepFile;
import org.contexture.experiment.Variation;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;
import org.contexture.record.NamedText;
import org.contexture.record.SweepResult;
import org.contexture.report.NamedNumber;
import org.contexture.report.SweepEntry;
import org.contexture.report.SweepTable;
import org.contexture.tracking.TrainingTracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs experiments that differ in a few settings, and compares them. */
@Command(
    name = "sweep",
    description = "Run the experiments of a sweep that are missing, and write their table.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  private static final List<String> SHOWN = List.of("recall@1", "map@r");

  @Mixin FileOptions options;
  @Mixin ReportsOption reports;
  @Mixin StoreOption storeOption;
  @Mixin ExecutionOptions execution;
  @Mixin TrackingOptions tracking;
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Sweep sweep = SweepFile.read(options.file, options.overrides);
    List<TrainingTracker> trackers = tracking.trackers();
    Store store = storeOption.open();
    store.requireWritable();
    reports.require();
    Optional<Dataset<SweepResult>> results =
        new ResumableWork(command(), execution, out)
            .result(() -> results(sweep, store, trackers, out));
    if (results.isEmpty()) {
      return Farewell.EXIT_CODE;
    }
    String text = text(sweep, store, results.get());
    Path table = reports.write(sweep.name() + ".md", text);
    out.println();
    out.print(text);
    out.printf("%nTable: %s%n", table);
    return 0;
  }

  private Dataset<SweepResult> results(
      Sweep sweep, Store store, List<TrainingTracker> trackers, PrintWriter out)
      throws InterruptedException, IOException {
    try (TrackedRun tracked =
        new TrackedRun(
            new OnlyWhatIsMade(ExecutionOptions.progress(out)),
            sweep.name(),
            store,
            trackers,
            out)) {
      return new SweepExecution(
              sweep,
              store,
              settings -> ExperimentOptions.experiment(settings, store),
              execution.executor(store, tracked),
              new Announcements(out))
          .run();
    }
  }

  private String text(Sweep sweep, Store store, Dataset<SweepResult> results) {
    List<SweepEntry> entries = new ArrayList<>();
    store.open(results).open().forEach(result -> entries.add(entry(result)));
    SweepTable table = new SweepTable(entries);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # %s

        Made by `%s`, Contexture %s. Percent, on test classes; mean ± standard deviation
        of %d repetitions. Every experiment: `contexture datasets show %s --records %d`.

        """
            .formatted(
                sweep.name(),
                command(),
                CodeVersion.text(),
                table.repetitions(),
                results.id(),
                entries.size()));
    text.append(table.results(SHOWN));
    String tuning = table.tuning();
    if (!tuning.isEmpty()) {
      text.append(
          "\n## Tuning\n\nRecall@1 on the validation classes, at the first values of grid and"
              + " repetition.\n\n");
      text.append(tuning);
    }
    return text.toString();
  }

  private static SweepEntry entry(SweepResult result) {
    return new SweepEntry(
        result.getRun(),
        words(result.getGrid()),
        words(result.getRepeat()),
        words(result.getTuned()),
        result.getSelectionRecallAt1(),
        result.getMetrics().stream()
            .map(metric -> new NamedNumber(metric.getName(), metric.getValue()))
            .toList());
  }

  private static String words(List<NamedText> values) {
    return values.stream()
        .map(value -> value.getName() + "=" + value.getValue())
        .collect(Collectors.joining(", "));
  }

  private String command() {
    List<String> words = options.words("sweep");
    words.addAll(storeOption.words());
    words.addAll(execution.words());
    words.addAll(reports.words());
    words.addAll(tracking.words());
    return String.join(" ", words);
  }

  /** Tells a person which experiment it is. */
  private record Announcements(PrintWriter out) implements SweepExecution.Listener {

    @Override
    public void started(SweepExecution.Part part, Sweep.Cell cell, int number, int count) {
      out.printf("%s %d/%d: %s%n", part.name().toLowerCase(Locale.ROOT), number, count, cell);
    }

    @Override
    public void chosen(String run, Variation variation, double validationRecallAt1) {
      out.printf(
          Locale.ROOT,
          "chosen for %s: %s, validation R@1 %.1f %%%n",
          run,
          variation,
          100 * validationRecallAt1);
    }
  }
}
