package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.record.ToyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The toy experiment, from its file to its page. */
class ToyTest {
  @TempDir Path directory;

  private Outcome toy(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "toy",
                "pipelines/toy.yaml",
                "--set",
                "steps=30",
                "--store",
                directory.resolve("store").toString(),
                "--reports",
                directory.resolve("reports").toString()));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  private List<ToyPoint> points(String stage) {
    Store store = Store.open(directory.resolve("store"));
    List<ToyPoint> points = new ArrayList<>();
    for (Manifest manifest : store.datasets()) {
      if (manifest.stage().equals(stage)) {
        store.open(manifest.id(), ToyPoint.class).open().forEach(points::add);
      }
    }
    return points;
  }

  @Test
  void theCommittedFileMovesPointsByTwoLossesAndShowsWhere() throws IOException {
    Outcome outcome = toy();

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made()).containsExactly("points", "moves-1", "moves-2");
    assertThat(outcome.out()).containsPattern("contextual +[0-9.]+").contains("contrastive");
    assertThat(points("toy-points"))
        .hasSize(6 * 16)
        .filteredOn(point -> point.getLabel() != point.getGivenLabel())
        .hasSize(19);
    assertThat(points("toy-moves")).hasSize(2 * 3 * 6 * 16);
    assertThat(Files.readString(directory.resolve("reports").resolve("toy.html")))
        .contains("id=\"circle-2-title\"")
        .contains("--set steps=30")
        .contains("points.label_noise: 0.2");
  }

  @Test
  void aLossThatChangesLeavesTheOtherAsItIs() {
    assertThat(toy().code()).isZero();

    Outcome other = toy("--set", "compared_to.name=multi_similarity");

    assertThat(other.made()).containsExactly("moves-2");
  }

  @Test
  void pointsThatALossHasNoMemoryForAreRefused() {
    Outcome outcome =
        toy(
            "--set",
            "points.classes=8",
            "--set",
            "points.per_class=200",
            "--set",
            "loss.name=roadmap");

    assertThat(outcome.err())
        .contains("has 1600 points, and the loss roadmap as it is set compares every three of them")
        .contains("up to 1024 points, by points.classes and points.per_class");
    assertThat(points("toy-points")).isEmpty();
  }

  @Test
  void withoutWrongLabelsThereIsNothingToSayAboutThem() throws IOException {
    assertThat(toy("--set", "points.label_noise=0").out()).containsPattern("contextual .* - +-");
    assertThat(Files.readString(directory.resolve("reports").resolve("toy.html")))
        .contains("By the true classes, mAP@R ends at");
  }

  @Test
  void lossesOfOneNameAreNumbered() throws IOException {
    Outcome outcome = toy("--set", "compared_to.name=contextual");

    assertThat(outcome.out()).contains("contextual 1 ", "contextual 2 ");
    assertThat(Files.readString(directory.resolve("reports").resolve("toy.html")))
        .contains("contextual 1, step 30", "contextual 2, step 30");
  }

  @Test
  void mistakesAreNamed() {
    Outcome outcome = toy("--set", "points.clases=3");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("points.clases").contains("did you mean 'classes'");
  }
}
