package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunCostTest {

  private static ExperimentSettings settings(Path file, String... overrides) {
    return ExperimentFile.read(file, List.of(overrides)).settings();
  }

  /** Batches of an epoch as the authors' logs count them; with kinds of equal size, SOP has 660. */
  @ParameterizedTest
  @CsvSource({
    "cub-256-hybrid, 15, 128, 5924",
    "cars-256-hybrid, 30, 128, 8131",
    "sop-256-hybrid, 660, 128, 60502",
    "inshop-256-hybrid, 600, 128, 26830",
    "inat-256-hybrid, 576, 256, 249850"
  })
  void aPublishedRunTrainsOnAsManyImagesAsTheirs(
      String name, int batches, int batchSize, long testImages) {
    RunCost cost = RunCost.of(settings(Path.of("pipelines", name + ".yaml"))).orElseThrow();

    assertThat(cost.trained()).isEqualTo(80L * batches * batchSize);
    assertThat(cost.embedded()).isEqualTo((80 / 5 + 2) * testImages);
  }

  @ParameterizedTest
  @MethodSource("org.contexture.experiment.PublishedFiles#all")
  void theBatchesOfEveryPublishedRunCanBeMade(Path file) {
    assertThat(RunCost.of(settings(file)).orElseThrow().trained()).isPositive();
  }

  @Test
  void withheldImagesAndAControlCount() {
    Path file = Path.of("pipelines/paper-224/cub-224-contrastive.yaml");
    RunCost whole = RunCost.of(settings(file)).orElseThrow();
    RunCost half = RunCost.of(settings(file, "train.data.keep_images=0.5")).orElseThrow();
    RunCost twice = RunCost.of(settings(file, "control=true")).orElseThrow();

    assertThat(half.trained()).isBetween(whole.trained() * 45 / 100, whole.trained() * 55 / 100);
    assertThat(twice.trained()).isEqualTo(2 * whole.trained());
    assertThat(twice.embedded()).isEqualTo(whole.embedded() + 5924);
  }

  @Test
  void timeGrowsWithImagesAndTheirPixels() {
    assertThat(new RunCost(1_000, 600, 224).on(10, 20)).isEqualTo(Duration.ofSeconds(130));
    assertThat(new RunCost(1_000, 600, 448).on(10, 20)).isEqualTo(Duration.ofSeconds(520));
  }

  @Test
  void imagesOfUnknownNumberHaveNone() {
    assertThat(RunCost.of(settings(Path.of("pipelines/emoji.yaml")))).isEmpty();
  }
}
