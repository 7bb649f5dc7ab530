package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.experiment.ExperimentFile;
import org.contexture.pipeline.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that only look, and what is said to a command that nobody knows. */
class MainTest {
  private static final int USAGE = 2;
  private static final String UNKNOWN = "shard/0123456789abcdef";

  @TempDir Path directory;

  /** Every command there is, however deep; the words that call it. */
  static List<String> commands() {
    return below("", new CommandLine(Main.class));
  }

  private static List<String> below(String above, CommandLine command) {
    List<String> commands = new ArrayList<>();
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              if (!name.equals("help")) {
                commands.add(above + name);
                commands.addAll(below(above + name + " ", subcommand));
              }
            });
    return commands;
  }

  @Test
  void helpNamesEveryCommandAndEveryExitCode() {
    Outcome outcome = Outcome.of("--help");

    assertThat(outcome.code()).isZero();
    assertThat(commands()).contains("run", "compare", "splits", "datasets gc");
    assertThat(commands())
        .filteredOn(command -> !command.contains(" "))
        .allSatisfy(command -> assertThat(outcome.out()).containsPattern("\\R  " + command + " "));
    assertThat(outcome.out()).contains("0    done", "130  interrupted");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndCanSayMore(String command) {
    Outcome outcome = Outcome.of((command + " --help").split(" ", -1));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("Usage: contexture " + command).contains("--verbose");
  }

  @Test
  void versionIsPrinted() {
    Outcome outcome = Outcome.of("--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isNotBlank();
  }

  @Test
  void unknownCommandIsAUsageError() {
    Outcome outcome = Outcome.of("rum");

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(outcome.err()).contains("rum", "run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-2", "many"})
  void noTasksAtATimeIsAMistakeOnEveryRunner(String tasks) throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);

    Outcome outcome =
        Outcome.of(experiment.run(directory.resolve("store"), "--parallelism", tasks));

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .contains("--parallelism", "'" + tasks + "' is no whole number of 1 or more; give one.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run pipelines/emoji.yaml",
        "sweep pipelines/emoji-losses.yaml",
        "toy pipelines/toy.yaml",
        "evaluate pipelines/emoji.yaml --weights none.pt",
        "evaluate --embeddings none.npz",
        "splits export pipelines/emoji.yaml lists"
      })
  void aClusterWithoutItsRunnerIsAMistakeThatLeavesNothing(String command) {
    Path store = directory.resolve("store");
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--flink-master", "127.0.0.1:1", "--store", store.toString()));

    Outcome outcome = Outcome.of(words.toArray(String[]::new));

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .isEqualTo(
            "--flink-master is for --runner flink; add it, or leave the other out.%n".formatted());
    assertThat(store).doesNotExist();
  }

  @Test
  void everyCommandShowsTheStackTraceOfItsFailureWhenAsked() {
    String[] words = {"cluster", "status", "--directory", directory.resolve("none").toString()};

    Outcome quiet = Outcome.of(words);
    assertThat(quiet.code()).as("%s", quiet).isEqualTo(USAGE);
    assertThat(quiet.err()).doesNotContain("\tat ");
    for (int place = 0; place <= words.length; place += 2) {
      List<String> more = new ArrayList<>(List.of(words));
      more.add(place, "--verbose");
      assertThat(Outcome.of(more.toArray(String[]::new)).err())
          .startsWith(quiet.err())
          .contains("\tat org.contexture.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--delete", ""})
  void anExperimentThatIsNotKnownIsNamedBeforeAnyIsForgotten(String delete) throws IOException {
    Store store = Store.open(directory.resolve("store"));
    store.remember("known", List.of());
    List<String> words = new ArrayList<>(List.of("datasets", "gc", "--forget", "known"));
    words.addAll(List.of("--forget", "knwon", "--store", store.root().toString()));
    words.addAll(delete.isEmpty() ? List.of() : List.of(delete));

    Outcome outcome = Outcome.of(words.toArray(String[]::new));

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .isEqualTo("The store knows no experiment 'knwon'; it knows known.%n".formatted());
    assertThat(store.experiments()).containsOnlyKeys("known");
  }

  @Test
  void anExperimentThatIsNamedTwiceIsForgottenOnce() throws IOException {
    Store store = Store.open(directory.resolve("store"));
    store.remember("known", List.of());
    String root = store.root().toString();

    Outcome outcome =
        Outcome.of(
            "datasets",
            "gc",
            "--forget",
            "known",
            "--forget",
            "known",
            "--delete",
            "--store",
            root);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(store.experiments()).isEmpty();
    assertThat(Outcome.of("datasets", "gc", "--forget", "known", "--store", root).err())
        .contains("it knows none.");
  }

  @Test
  void schemaIsTheOneThatExperimentFilesAreReadBy() {
    Outcome outcome = Outcome.of("schema");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().strip()).isEqualTo(ExperimentFile.jsonSchema().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "toy"})
  void schemasOfOtherFilesArePrintedByTheirKind(String kind) throws IOException {
    Outcome outcome = Outcome.of("schema", kind);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().strip())
        .isEqualTo(Files.readString(Path.of("pipelines", kind + ".schema.json")).strip());
  }

  @Test
  void planSaysOfEveryStageThatItIsToRunAndMakesNothing() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);
    Path store = directory.resolve("store");

    Outcome outcome = Outcome.of(experiment.plan(store));

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .contains(SmallExperiment.STAGES)
        .endsWith("%1$d of %1$d stages to run.%n".formatted(SmallExperiment.STAGES.size()));
    assertThat(Outcome.of("datasets", "list", "--store", store.toString()).out()).hasLineCount(1);
  }

  @Test
  void planUntilAStageLeavesTheRestOut() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);

    Outcome outcome = Outcome.of(experiment.plan(directory.resolve("store"), "--until", "shard"));

    assertThat(outcome.out()).contains("3 of 3 stages to run.").doesNotContain("pretrain");
  }

  @Test
  void aReportIsOnAnExperiment() {
    Outcome outcome = Outcome.of("report");

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(outcome.err()).contains("FILE", "--set");
  }

  @Test
  void aReportOnWhatWasNotRunNamesTheCommandThatRunsIt() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);
    Path store = directory.resolve("store");
    Path reports = directory.resolve("reports");

    Outcome outcome =
        Outcome.of(
            "report",
            experiment.file().toString(),
            "--set",
            "seed=5",
            "--store",
            store.toString(),
            "--reports",
            reports.toString());

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err().strip())
        .isEqualTo(
            "%s was not run to its end: %s are not in %s. Make what is missing: ./contexture run %s --set seed=5 --store %s"
                .formatted(
                    experiment.file(),
                    String.join(", ", SmallExperiment.STAGES),
                    store,
                    experiment.file(),
                    store));
    assertThat(reports).doesNotExist();
  }

  @Test
  void aReportComparesNoMoreThanALookCanTellApart() {
    Outcome outcome = Outcome.of("report", "a", "b", "c", "d", "e", "f", "g");

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(outcome.err()).startsWith("7 experiments are too many for one page: give at most 6");
  }

  @Test
  void aSettingIsOfTheExperimentBeforeIt() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);
    String file = experiment.file().toString();

    Outcome outcome =
        Outcome.of("report", file, "--set", "seed=5", file, "--set", "nonsense=1", file);

    assertThat(outcome.err()).contains("seed=5").doesNotContain("nonsense");
    assertThat(Outcome.of("report", file, "--set", "nonsense=1", file).err()).contains("nonsense");
  }

  @Test
  void commandsAcceptThatThereIsNoStoreYet() {
    String store = directory.resolve("none").toString();

    assertThat(Outcome.of("datasets", "list", "--store", store).code()).isZero();
    assertThat(Outcome.of("datasets", "verify", "--store", store).out())
        .isEqualTo("0 of 0 datasets are whole.%n".formatted());
    assertThat(Outcome.of("datasets", "gc", "--store", store).out()).startsWith("0 datasets");
    assertThat(Files.exists(directory.resolve("none"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "verify"})
  void aDatasetThatIsNotThereIsNamed(String verb) {
    Outcome outcome = Outcome.of("datasets", verb, UNKNOWN, "--store", directory.toString());

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err()).contains(UNKNOWN);
  }
}
