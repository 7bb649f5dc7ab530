package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.contexture.experiment.StageRuns;
import org.contexture.experiment.Toy;
import org.contexture.experiment.ToyFile;
import org.contexture.experiment.ToySettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.report.Reproduction;
import org.contexture.report.ToyCourse;
import org.contexture.report.ToyMoment;
import org.contexture.report.ToyPage;
import org.contexture.report.ToyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Moves points on a circle by two losses, and shows where they went. */
@Command(
    name = "toy",
    description = "Move points with some wrong labels by two losses, and report on it.",
    mixinStandardHelpOptions = true)
final class ToyCommand implements Callable<Integer> {
  @Mixin FileOptions options;
  @Mixin ReportsOption reports;
  @Mixin StoreOption storeOption;
  @Mixin ExecutionOptions execution;
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    execution.require();
    Reading<ToySettings> reading = ToyFile.read(options.file, options.overrides);
    reading.notes().forEach(out::println);
    Store store = storeOption.open();
    store.requireWritable();
    reports.require();
    ToySettings settings = reading.settings();
    Toy toy = new Toy(settings);
    store.remember(settings.name(), toy.graph().datasets().stream().map(Dataset::id).toList());
    ConsoleProgress progress = ExecutionOptions.progress(out);
    Plan plan = Plan.of(toy.graph(), store, Set.of());
    if (!new ResumableWork(command(), execution, out)
        .isDone(() -> execution.executor(store, progress).run(plan))) {
      return Farewell.EXIT_CODE;
    }
    ToyReport report =
        new ToyReport(
            settings.name(),
            toy.start(store),
            toy.courses(store),
            StageRuns.of(toy.graph(), store, progress.made()),
            new Reproduction(command(), reading.written(), execution.environment()));
    Path page = reports.write(settings.name() + ".html", ToyPage.html(report));
    print(report.courses(), out);
    out.printf("Report: %s%n", page);
    return 0;
  }

  private static void print(List<ToyCourse> courses, PrintWriter out) {
    Table table =
        new Table("points, %", "recall@1", "map@r", "mislabelled at their own", "at the wrong");
    row(table, "start", courses.get(0).moments().get(0));
    courses.forEach(course -> row(table, course.loss(), course.last()));
    out.println();
    table.print(out);
  }

  private static void row(Table table, String name, ToyMoment moment) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (double value : moment.measures()) {
      cells.add(Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * value));
    }
    table.row(cells.toArray(String[]::new));
  }

  private String command() {
    List<String> words = options.words("toy");
    words.addAll(storeOption.words());
    words.addAll(execution.words());
    words.addAll(reports.words());
    return String.join(" ", words);
  }
}
