package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.record.SweepResult;
import org.contexture.tracking.MlflowServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on small pictures, from its file to its table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
  private Path file;
  private Path store;
  private Path reports;
  private Outcome first;

  @BeforeAll
  void sweep(@TempDir Path directory) throws IOException {
    SmallExperiment.in(directory);
    store = directory.resolve("store");
    reports = directory.resolve("reports");
    file =
        Files.writeString(
            directory.resolve("sweep.yaml"),
            """
            name: small-losses
            experiment: small.yaml
            runs:
              hybrid: {published: {recall_at_1: 70.5, read_off_plot: true}}
              proxy anchor: {train: {loss: {name: proxy_anchor}}}
            grid:
              train.data.label_noise: [0, 0.5]
            repeat:
              train.weight_decay: [0, 0.01]
            tune:
              train.learning_rate: [1e-5, 1e-3]
            """);
    first = Outcome.of(words(store, "--at-once", "2"));
    assertThat(first.code()).as("%s", first).isZero();
  }

  private String[] words(Path store, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sweep",
                file.toString(),
                "--store",
                store.toString(),
                "--reports",
                reports.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private long datasets(String stage) throws IOException {
    try (Stream<Path> datasets = Files.list(store.resolve(stage))) {
      return datasets.filter(Files::isDirectory).count();
    }
  }

  @Test
  void whatExperimentsShareIsMadeOnce() throws IOException {
    assertThat(first.made())
        .containsOnlyOnce("unpack", "index", "shard", "initialise", "pretrain", "collect");
    // Pretraining, two candidates a run, and of each run the cells that were no candidates.
    assertThat(datasets("train")).isEqualTo(1 + 2 * (2 + 3));
    assertThat(datasets("measure")).isEqualTo(2 * 2 * 2);
  }

  @Test
  void theResultsAreThoseOfTheExperiments() throws IOException {
    Store opened = Store.open(store);
    Manifest collected =
        opened.datasets().stream()
            .filter(manifest -> manifest.stage().equals("collect"))
            .findFirst()
            .orElseThrow();
    List<SweepResult> results = new ArrayList<>();
    opened.open(collected.id(), SweepResult.class).open().forEach(results::add);

    assertThat(results).hasSize(2 * 2 + 2 * 2 * 2);
    assertThat(results.subList(0, 4)).allMatch(result -> result.getMetrics().isEmpty());
    assertThat(results.subList(4, 12)).allMatch(result -> result.getMetrics().size() == 10);
    for (int run = 0; run < 2; run++) {
      List<SweepResult> candidates = results.subList(2 * run, 2 * run + 2);
      double best =
          candidates.stream().mapToDouble(SweepResult::getSelectionRecallAt1).max().orElseThrow();
      SweepResult chosen =
          candidates.stream()
              .filter(candidate -> candidate.getSelectionRecallAt1() == best)
              .findFirst()
              .orElseThrow();
      assertThat(results.subList(4 + 4 * run, 8 + 4 * run))
          .allMatch(result -> result.getTuned().equals(chosen.getTuned()))
          .allMatch(result -> result.getRun().equals(chosen.getRun()))
          .first()
          .extracting(SweepResult::getCheckpoint)
          .isEqualTo(chosen.getCheckpoint());
    }
    for (SweepResult result : results) {
      assertThat(opened.find(DatasetId.parse(result.getCheckpoint()))).isPresent();
    }
  }

  @Test
  void theTableHasARowForEachRun() throws IOException {
    assertThat(Files.readString(reports.resolve("small-losses.md")))
        .contains("Made by `./contexture sweep " + file + " --store " + store)
        .contains("of 2 repetitions")
        .contains("| R@1, train.data.label_noise=0 | published, train.data.label_noise=0 | diff")
        .containsPattern(
            "\\| hybrid \\| train.learning_rate=1e-[35] \\| [0-9.]+ ± [0-9.]+ \\| ~70.5 \\|"
                + " [+−±][0-9.]+ \\|( [0-9.]+ ± [0-9.]+ \\|){3}")
        .containsPattern(
            "\\| proxy anchor \\| train.* [0-9.]+ ± [0-9.]+ \\| – \\| – \\|( [0-9.]+ ± [0-9.]+"
                + " \\|){3}")
        .contains("## Tuning");
    assertThat(Files.readString(reports.resolve("small-losses.html")))
        .contains("data-label=\"published, train.data.label_noise=0\">~70.5</td>")
        .contains("./contexture sweep " + file);
  }

  @Test
  void whatIsAtWorkIsSaidWithTheExperimentItIsOf() {
    assertThat(first.out())
        .contains("tuning: 4 experiments, ")
        .contains("measuring: 8 experiments, ")
        .contains("measuring 8/8 done: ")
        .containsPattern("pretrain +running: not made yet\\R")
        .containsPattern("train +running: .*, for proxy anchor, train.data.label_noise=0.5, ");
  }

  /** What was made two stages at a time is made again one after another. */
  @Test
  void howManyStagesAreAtWorkChangesNoByte() throws IOException {
    StoreFiles files = new StoreFiles(store);
    SortedMap<String, String> before = files.digests();
    int removed = 0;
    for (String stage : List.of("train", "embed", "neighbours", "measure", "collect")) {
      for (Path dataset : two(stage)) {
        Store.open(store).delete(new DatasetId(stage, dataset.getFileName().toString()));
        removed++;
      }
    }

    Outcome again = Outcome.of(words(store));

    assertThat(again.code()).as("%s", again).isZero();
    assertThat(again.made()).hasSize(removed);
    assertThat(files.digests()).isEqualTo(before);
  }

  private List<Path> two(String stage) throws IOException {
    try (Stream<Path> datasets = Files.list(store.resolve(stage))) {
      return datasets.filter(Files::isDirectory).sorted().limit(2).toList();
    }
  }

  @Test
  void againEverythingIsReusedAndGcKeepsIt() throws IOException {
    String table = Files.readString(reports.resolve("small-losses.md"));

    Outcome again = Outcome.of(words(store));

    assertThat(again.code()).as("%s", again).isZero();
    assertThat(again.made()).isEmpty();
    assertThat(Files.readString(reports.resolve("small-losses.md"))).isEqualTo(table);
    assertThat(Outcome.of(words(store, "--at-once", "0")).err())
        .startsWith("--at-once 0: give a number from 1 to 64.");
    assertThat(Outcome.of("datasets", "gc", "--store", store.toString()).out())
        .startsWith("0 datasets");
  }

  @Test
  void otherToolsAreToldOfEveryTrainingOfTheSweepAndItsTestFigures(@TempDir Path directory)
      throws IOException {
    Path events = directory.resolve("events");
    int trainings = 1 + 2 * (2 + 3);
    int measured = 2 * 2 * 2;
    try (MlflowServer server = new MlflowServer()) {
      Outcome outcome =
          Outcome.of(
              words(
                  store,
                  "--at-once",
                  "2",
                  "--tensorboard",
                  events.toString(),
                  "--mlflow",
                  server.address().toString()));

      assertThat(outcome.code()).as("%s", outcome).isZero();
      assertThat(outcome.out()).doesNotContain("Nothing more is logged");
      assertThat(server.experiments()).containsOnlyKeys("small-losses");
      assertThat(server.runs())
          .hasSize(trainings)
          .allMatch(run -> run.status().equals("FINISHED"))
          .filteredOn(run -> run.tags().containsKey("contexture.test"))
          .hasSize(measured);
    }
    try (Stream<Path> files = Files.walk(events.resolve("small-losses"))) {
      assertThat(files.filter(Files::isRegularFile).map(path -> path.getFileName().toString()))
          .hasSize(trainings + measured)
          .filteredOn(name -> name.endsWith("-test"))
          .hasSize(measured);
    }
  }

  @Test
  void tuningNeedsValidationClasses(@TempDir Path other) {
    Outcome outcome =
        Outcome.of(words(other.resolve("store"), "--set", "benchmark.validation_share=0"));

    assertThat(outcome.made()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("There are no validation classes to tune hybrid on")
        .doesNotContain("this goes on from there");
  }
}
