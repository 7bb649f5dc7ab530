package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {
  @TempDir Path directory;

  @Test
  void theSplitOfAnExperimentIsWrittenAsLists() throws Exception {
    Path lists = directory.resolve("lists");
    Outcome outcome =
        Outcome.of(
            "splits",
            "export",
            "pipelines/emoji.yaml",
            lists.toString(),
            "--set",
            "benchmark.name=inshop",
            "--set",
            "fetch.mirror=src/test/resources/org/contexture/benchmark/mini",
            "--set",
            "benchmark.expected_counts=any",
            "--set",
            "train.loss.name=contrastive",
            "--store",
            directory.resolve("store").toString());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).startsWith("train.loss.lambda at pipelines/emoji.yaml:");
    assertThat(outcome.out()).contains(lists.resolve("inshop_gallery.txt").toString());
    assertThat(Files.readAllLines(lists.resolve("inshop_train.txt"))).hasSize(65);
    assertThat(Files.readAllLines(lists.resolve("inshop_query.txt"))).hasSize(33);
  }

  @Test
  void whatWasAPartIsNotTakenForTheWhole() {
    Path lists = directory.resolve("lists");
    assertThat(export("benchmark.expected_counts=any").code()).isZero();

    assertThat(export("benchmark.expected_counts=published").err())
        .contains("These are not the published files of inshop: train has 64 images")
        .endsWith(
            "What is done is kept; this goes on from there: %s%n"
                .formatted(
                    "./contexture "
                        + String.join(" ", command("benchmark.expected_counts=published", lists))));
  }

  @Test
  void whatIsFetchedIsKeptForTheExperiment() {
    assertThat(export("benchmark.expected_counts=any").code()).isZero();

    assertThat(store().experiments()).containsOnlyKeys("inshop-256-hybrid");
    assertThat(Outcome.of("datasets", "gc", "--store", store().root().toString()).out())
        .startsWith("0 datasets");
  }

  @Test
  void whatATrainingRefersToStaysAsItIs() throws IOException {
    List<DatasetId> trained = List.of(new DatasetId("train", "0123456789abcdef"));
    store().remember("inshop-256-hybrid", trained);

    assertThat(export("benchmark.expected_counts=any").code()).isZero();

    assertThat(store().experiments()).containsOnly(entry("inshop-256-hybrid", trained));
  }

  @Test
  void aDirectoryThatTakesNoListIsNamedBeforeTheWork() {
    Path unwritable = Path.of("/proc");
    assumeTrue(Files.isDirectory(unwritable));

    Outcome outcome = Outcome.of(command("benchmark.expected_counts=any", unwritable));

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(4);
    assertThat(outcome.err()).startsWith("The lists cannot be written to /proc: ");
    assertThat(store().datasets()).isEmpty();
  }

  private Store store() {
    return Store.open(directory.resolve("store"));
  }

  private Outcome export(String counts) {
    return Outcome.of(command(counts, directory.resolve("lists")));
  }

  private String[] command(String counts, Path lists) {
    return new String[] {
      "splits",
      "export",
      "pipelines/inshop-256-hybrid.yaml",
      "--set",
      "fetch.mirror=src/test/resources/org/contexture/benchmark/mini",
      "--set",
      counts,
      lists.toString(),
      "--store",
      directory.resolve("store").toString()
    };
  }
}
