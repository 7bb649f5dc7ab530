package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How much of an experiment {@code run} makes, and what it says when it is stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunIT {
  private static final int INTERRUPTED = 130;
  private static final int PRETRAIN = SmallExperiment.STAGES.indexOf("pretrain");
  private static final int TRAIN = SmallExperiment.STAGES.indexOf("train");

  private SmallExperiment experiment;
  private Path store;
  private SortedMap<String, String> expected;

  @BeforeAll
  void runIt(@TempDir Path directory) throws IOException {
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
    Outcome outcome = Outcome.of(experiment.run(store));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    expected = new StoreFiles(store).digests();
  }

  @Test
  void untilStopsAfterAStageAndTheRestComesLater(@TempDir Path directory) throws IOException {
    Path other = directory.resolve("store");

    Outcome part = Outcome.of(experiment.run(other, "--until", "pretrain"));
    assertThat(part.code()).as("%s", part).isZero();
    assertThat(part.made()).isEqualTo(SmallExperiment.STAGES.subList(0, PRETRAIN + 1));
    assertThat(part.out()).doesNotContain("Report: ");

    Outcome rest = Outcome.of(experiment.run(other));
    assertThat(rest.reused()).isEqualTo(part.made());
    assertThat(new StoreFiles(other).digests()).isEqualTo(expected);
  }

  @Test
  void fromMakesAStageAndAllThatFollowsAgainWithTheSameBytes() throws IOException {
    Outcome again = Outcome.of(experiment.run(store, "--from", "train"));

    assertThat(again.code()).as("%s", again).isZero();
    assertThat(again.made())
        .containsExactly(
            "train",
            "embed-trained",
            "neighbours-trained",
            "measure-trained",
            "statistics-trained",
            "map");
    assertThat(new StoreFiles(store).digests()).containsAllEntriesOf(expected);
  }

  @Test
  void anotherLossReusesEverythingUpToThePretrainedNetwork() {
    Outcome other = Outcome.of(experiment.run(store, "--set", "train.loss.name=contrastive"));

    assertThat(other.code()).as("%s", other).isZero();
    assertThat(other.reused()).containsAll(SmallExperiment.STAGES.subList(0, TRAIN));
    assertThat(other.made())
        .containsExactly(
            "train",
            "embed-trained",
            "neighbours-trained",
            "measure-trained",
            "statistics-trained",
            "map");
  }

  @Test
  void anApproximateIndexComesBesideAllElseAndIsTheSameOnFlink() throws IOException {
    String index = "evaluate.approximate_index.name=hnsw";

    Outcome direct = Outcome.of(experiment.run(store, "--set", index));
    assertThat(direct.code()).as("%s", direct).isZero();
    assertThat(direct.made()).containsExactly("hnsw", "hnsw-recall");
    assertThat(direct.out())
        .contains("Approximate index: neighbour-recall@10 100.0 % (95 % interval: 100.0 to 100.0)");
    SortedMap<String, String> digests = new StoreFiles(store).digests();
    assertThat(digests.keySet()).anyMatch(file -> file.endsWith("segment-00000.vex"));

    Outcome flink =
        Outcome.of(
            experiment.run(
                store,
                "--set",
                index,
                "--from",
                "hnsw",
                "--runner",
                "flink",
                "--parallelism",
                "2"));
    assertThat(flink.code()).as("%s", flink).isZero();
    assertThat(flink.made()).containsExactly("hnsw", "hnsw-recall");
    assertThat(new StoreFiles(store).digests()).isEqualTo(digests);
  }

  @Test
  void aRunThatIsStoppedSaysHowItGoesOnAndDoes(@TempDir Path directory) throws Exception {
    Path other = directory.resolve("store");
    Path output = directory.resolve("stopped.out");
    try (Child child = Child.start(output, experiment.run(other))) {
      assertThat(child.reaches(() -> Files.exists(other.resolve("initialise")))).isTrue();
      new ProcessBuilder("kill", "-INT", Long.toString(child.processId())).start().waitFor();
      assertThat(child.waitFor()).as(child.output()).isEqualTo(INTERRUPTED);
      assertThat(child.output())
          .contains(
              "Interrupted. What is done is kept; this goes on from there: ./contexture run "
                  + String.join(" ", List.of(experiment.run(other)).subList(1, 4)));
    }

    Outcome rest = Outcome.of(experiment.run(other));

    assertThat(rest.code()).as("%s", rest).isZero();
    assertThat(rest.reused()).contains("unpack", "index", "shard");
    assertThat(new StoreFiles(other).digests()).isEqualTo(expected);
  }
}
