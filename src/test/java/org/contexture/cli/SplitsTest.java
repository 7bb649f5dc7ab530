package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
            "--store",
            directory.resolve("store").toString());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains(lists.resolve("inshop_gallery.txt").toString());
    assertThat(Files.readAllLines(lists.resolve("inshop_train.txt"))).hasSize(65);
    assertThat(Files.readAllLines(lists.resolve("inshop_query.txt"))).hasSize(33);
  }

  @Test
  void whatWasAPartIsNotTakenForTheWhole() {
    assertThat(export("benchmark.expected_counts=any").code()).isZero();

    assertThat(export("benchmark.expected_counts=published").err())
        .contains("These are not the published files of inshop: train has 64 images");
  }

  private Outcome export(String counts) {
    return Outcome.of(
        "splits",
        "export",
        "pipelines/inshop-256-hybrid.yaml",
        directory.resolve("lists").toString(),
        "--set",
        "fetch.mirror=src/test/resources/org/contexture/benchmark/mini",
        "--set",
        counts,
        "--store",
        directory.resolve("store").toString());
  }
}
