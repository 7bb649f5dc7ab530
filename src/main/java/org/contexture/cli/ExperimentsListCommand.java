package org.contexture.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentFiles;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.PublishedSettings;
import org.contexture.experiment.RunCost;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Store;
import org.contexture.report.PublishedFigure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the experiments that there are files of, and how far each has been run. */
@Command(
    name = "list",
    description = {
      "List experiment files with what was published and what was measured of each, as Recall@1 in"
          + " percent. A published figure with ~ was read off a plot.",
      "Files of other kinds, and those that are only there to be extended, are left out.",
      "--rates adds the hours that a run on a published benchmark needs for training and embedding"
          + " on a machine that does so many images a second."
    },
    mixinStandardHelpOptions = true)
final class ExperimentsListCommand implements Callable<Integer> {
  /** Set by the launcher: where the folder of experiments lies. */
  private static final String HOME = "contexture.home";

  private static final int USAGE = 2;
  private static final String NOTHING = "–";

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "Where the files are (default: pipelines).")
  Optional<Path> folder = Optional.empty();

  @Option(
      names = "--rates",
      paramLabel = "TRAINED,EMBEDDED",
      converter = Rates.Converter.class,
      description =
          "How many images of 224 pixels a second are trained on, and embedded; docs/paper.md says"
              + " how to measure them.")
  Optional<Rates> rates = Optional.empty();

  @Mixin StoreOption storeOption;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Store store = storeOption.open();
    StoredRuns runs = new StoredRuns(store, store.experiments(), StoreOption.digests(store));
    List<String> headings =
        new ArrayList<>(List.of("file", "benchmark", "track", "loss", "published", "measured"));
    rates.ifPresent(given -> headings.add("hours"));
    Table table = new Table(headings.toArray(String[]::new));
    List<String> problems = new ArrayList<>();
    int listed = 0;
    for (Path file : ExperimentFiles.in(folder.orElseGet(ExperimentsListCommand::shipped))) {
      try {
        if (ExperimentFile.isWhole(file)) {
          ExperimentSettings settings = ExperimentFile.read(file, List.of()).settings();
          table.row(row(file, settings, runs.recallAt1(settings)).toArray(String[]::new));
          listed++;
        }
      } catch (Failure unreadable) {
        problems.add(unreadable.getMessage());
      }
    }
    table.print(out);
    out.printf("%d experiments.%n", listed);
    problems.forEach(spec.commandLine().getErr()::println);
    return problems.isEmpty() ? 0 : USAGE;
  }

  private static Path shipped() {
    Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    return Path.of("").toAbsolutePath().relativize(home).resolve("pipelines").normalize();
  }

  private List<String> row(Path file, ExperimentSettings settings, String measured) {
    PublishedSettings published = settings.published();
    List<String> cells = new ArrayList<>();
    cells.add(file.toString());
    cells.add(settings.benchmark().name().key());
    cells.add(
        published.track() == PublishedSettings.Track.NONE ? NOTHING : published.track().key());
    cells.add(settings.train().loss().name().key());
    cells.add(
        published
            .recallAt1()
            .map(recall -> new PublishedFigure(recall / 100, published.readOffPlot()).percent())
            .orElse(NOTHING));
    cells.add(measured);
    rates.ifPresent(given -> cells.add(RunCost.of(settings).map(given::hours).orElse(NOTHING)));
    return cells;
  }
}
