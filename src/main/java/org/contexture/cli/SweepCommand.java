package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.contexture.experiment.Sweep;
import org.contexture.experiment.SweepExecution;
import org.contexture.experiment.SweepFile;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Store;
import org.contexture.record.NamedText;
import org.contexture.record.SweepResult;
import org.contexture.report.NamedNumber;
import org.contexture.report.PublishedFigure;
import org.contexture.report.SweepEntry;
import org.contexture.report.SweepPage;
import org.contexture.report.SweepReport;
import org.contexture.tracking.TrainingTracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs experiments that differ in a few settings, and compares them. */
@Command(
    name = "sweep",
    description = "Run the experiments of a sweep that are missing, and write their table.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
  private static final List<String> SHOWN = List.of("recall@1", "map@r");
  private static final int MOST_AT_ONCE = 64;

  @Mixin FileOptions options;
  @Mixin ReportsOption reports;
  @Mixin StoreOption storeOption;
  @Mixin ExecutionOptions execution;
  @Mixin TrackingOptions tracking;
  @Spec CommandSpec spec;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "How many stages are at work at a time, 1 to "
              + MOST_AT_ONCE
              + " (default: 1, or the"
              + " workers of the cluster).")
  Optional<Integer> atOnce = Optional.empty();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (atOnce.isPresent() && (atOnce.get() < 1 || atOnce.get() > MOST_AT_ONCE)) {
      throw Failure.usage("--at-once %d: give a number from 1 to %d.", atOnce.get(), MOST_AT_ONCE);
    }
    execution.require();
    Sweep sweep = SweepFile.read(options.file, options.overrides);
    List<TrainingTracker> trackers = tracking.trackers();
    Store store = storeOption.open();
    store.requireWritable();
    reports.require();
    Optional<Dataset<SweepResult>> results =
        new ResumableWork(resume(), execution, out)
            .result(() -> results(sweep, store, trackers, out));
    if (results.isEmpty()) {
      return Farewell.EXIT_CODE;
    }
    SweepReport report = report(sweep, store, results.get());
    String text = report.markdown();
    Path table = reports.write(sweep.name() + ".md", text);
    Path page = reports.write(sweep.name() + ".html", SweepPage.html(report));
    out.println();
    out.print(text);
    out.printf("%nTable: %s%nReport: %s%n", table, page);
    return 0;
  }

  private Dataset<SweepResult> results(
      Sweep sweep, Store store, List<TrainingTracker> trackers, PrintWriter out)
      throws InterruptedException, IOException {
    SweepAnnouncements announcements = new SweepAnnouncements(out);
    try (TrackedRun tracked =
        new TrackedRun(
            new OnlyWhatIsMade(ExecutionOptions.progress(out, announcements::owner)),
            sweep.name(),
            store,
            trackers,
            out)) {
      Executor executor = execution.executor(store, tracked);
      return new SweepExecution(
              sweep,
              store,
              settings -> ExperimentOptions.experiment(settings, store),
              executor,
              atOnce.orElseGet(() -> Math.min(MOST_AT_ONCE, execution.room())),
              announcements)
          .run();
    }
  }

  private SweepReport report(Sweep sweep, Store store, Dataset<SweepResult> results) {
    List<SweepEntry> entries = new ArrayList<>();
    store.open(results).open().forEach(result -> entries.add(entry(result)));
    List<String> lookUp = new ArrayList<>(List.of("./contexture", "datasets", "show"));
    lookUp.add(results.id().toString());
    lookUp.addAll(List.of("--records", Integer.toString(entries.size())));
    lookUp.addAll(storeOption.words());
    return new SweepReport(
        sweep.name(), entries, SHOWN, command(), String.join(" ", lookUp), CodeVersion.text());
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
            .toList(),
        Double.isNaN(result.getPublishedRecallAt1())
            ? Optional.empty()
            : Optional.of(
                new PublishedFigure(
                    result.getPublishedRecallAt1(), result.getPublishedReadOffPlot())));
  }

  private static String words(List<NamedText> values) {
    return values.stream()
        .map(value -> value.getName() + "=" + value.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What results say of how they came about: nothing of what changes no result. */
  private String command() {
    List<String> words = options.words("sweep");
    words.addAll(storeOption.words());
    words.addAll(execution.words());
    words.addAll(reports.words());
    return String.join(" ", words);
  }

  private String resume() {
    List<String> words = new ArrayList<>(List.of(command()));
    words.addAll(tracking.words());
    atOnce.ifPresent(count -> words.add("--at-once " + count));
    return String.join(" ", words);
  }
}
