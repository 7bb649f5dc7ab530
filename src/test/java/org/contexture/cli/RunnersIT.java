package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A whole experiment gives the same bytes whichever way it is run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunnersIT {
  private SmallExperiment experiment;
  private Path reference;
  private SortedMap<String, String> expected;

  @BeforeAll
  void runOneTaskAtATime(@TempDir Path directory) throws IOException {
    experiment = SmallExperiment.in(directory);
    reference = directory.resolve("direct-1");
    Outcome outcome = Outcome.of(experiment.run(reference, "--parallelism", "1"));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made()).isEqualTo(SmallExperiment.STAGES);
    expected = new StoreFiles(reference).digests();
  }

  @Test
  void imagesFillSeveralShards() {
    assertThat(expected.keySet())
        .filteredOn(file -> file.startsWith("unpack/") && file.endsWith(".avro"))
        .hasSizeGreaterThan(1);
    assertThat(expected.keySet())
        .filteredOn(file -> file.startsWith("shard/") && file.endsWith(".avro"))
        .hasSizeGreaterThan(1);
  }

  @Test
  void fourTasksAtATimeGiveTheSameBytes(@TempDir Path directory) throws IOException {
    assertSameBytes(directory, "--parallelism", "4");
  }

  @Test
  void embeddedFlinkGivesTheSameBytes(@TempDir Path directory) throws IOException {
    assertSameBytes(directory, "--runner", "flink", "--parallelism", "2");
  }

  private void assertSameBytes(Path directory, String... how) throws IOException {
    Path store = directory.resolve("store");
    Outcome outcome = Outcome.of(experiment.run(store, how));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made()).isEqualTo(SmallExperiment.STAGES);
    assertThat(new StoreFiles(store).digests()).isEqualTo(expected);
    assertThat(new StoreFiles(store).strangers()).isEmpty();
    assertThat(Outcome.of(experiment.run(store, how)).reused()).isEqualTo(SmallExperiment.STAGES);
  }

  @Test
  void reRankingAddsToAnExperimentAndGivesTheSameBytesOnFlink(@TempDir Path directory)
      throws IOException {
    String[] added = {"neighbours-of-every-image", "rerank", "measure-reranked"};
    String rerank = "evaluate.rerank.name=k_reciprocal";
    Path direct = copyOfTheReference(directory.resolve("direct"));
    Path flink = copyOfTheReference(directory.resolve("flink"));

    Outcome first = Outcome.of(experiment.run(direct, "--set", rerank, "--parallelism", "2"));
    Outcome second =
        Outcome.of(
            experiment.run(flink, "--set", rerank, "--runner", "flink", "--parallelism", "2"));

    assertThat(first.code()).as("%s", first).isZero();
    assertThat(first.out())
        .containsPattern("(?m)^trained +[0-9.]+")
        .containsPattern("(?m)^reranked +[0-9.]+");
    assertThat(first.made()).containsExactly(added);
    assertThat(second.code()).as("%s", second).isZero();
    assertThat(second.made()).containsExactly(added);
    assertThat(new StoreFiles(flink).digests())
        .isEqualTo(new StoreFiles(direct).digests())
        .containsAllEntriesOf(expected);
  }

  private Path copyOfTheReference(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(reference)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(reference.relativize(file).toString()));
      }
    }
    return target;
  }

  @Test
  void secondRunReusesEverything() throws IOException {
    Outcome again = Outcome.of(experiment.run(reference, "--parallelism", "1"));
    assertThat(again.code()).as("%s", again).isZero();
    assertThat(again.reused()).isEqualTo(SmallExperiment.STAGES);
    assertThat(again.made()).isEmpty();
    assertThat(new StoreFiles(reference).digests()).isEqualTo(expected);
  }
}
