package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about experiment files without running any. */
class ExperimentsTest {
  private static final int USAGE = 2;

  @TempDir Path directory;

  private Outcome list(Path folder) {
    return Outcome.of(
        "experiments", "list", folder.toString(), "--store", directory.resolve("store").toString());
  }

  private static List<String> cells(Outcome outcome, String file) {
    String line =
        outcome.out().lines().filter(row -> row.startsWith(file)).findFirst().orElseThrow();
    return List.of(line.split(" {2,}", -1));
  }

  @Test
  void everyExperimentThatComesWithContextureIsListed() {
    Outcome outcome = list(Path.of("pipelines"));

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).endsWith("111 experiments.%n".formatted()).doesNotContain("/base/");
    assertThat(cells(outcome, "pipelines/cub-256-hybrid.yaml"))
        .containsExactly(
            "pipelines/cub-256-hybrid.yaml", "cub200", "paper-256", "hybrid", "68.7", "–");
    assertThat(cells(outcome, "pipelines/paper-224/cars-224-proxy-anchor.yaml"))
        .containsExactly(
            "pipelines/paper-224/cars-224-proxy-anchor.yaml",
            "cars196",
            "paper-224",
            "proxy_anchor",
            "~89.0",
            "–");
    assertThat(cells(outcome, "pipelines/paper-256/inshop-256-triplet.yaml"))
        .containsExactly(
            "pipelines/paper-256/inshop-256-triplet.yaml",
            "inshop",
            "paper-256",
            "triplet",
            "–",
            "– (files missing)");
    assertThat(cells(outcome, "pipelines/emoji.yaml"))
        .containsExactly("pipelines/emoji.yaml", "emoji", "–", "hybrid", "–", "–");
    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void theHoursOfRunsAreThoseOfAMachineOfGivenRates() {
    Outcome outcome =
        Outcome.of(
            "experiments",
            "list",
            "pipelines",
            "--rates",
            "100,500",
            "--store",
            directory.resolve("store").toString());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(cells(outcome, "pipelines/cub-256-hybrid.yaml")).endsWith("68.7", "–", "0.6");
    assertThat(cells(outcome, "pipelines/paper-224/sop-224-hybrid.yaml")).endsWith("–", "–", "19");
    assertThat(cells(outcome, "pipelines/emoji.yaml")).endsWith("–", "–", "–");
  }

  @Test
  void ratesThatAreNoNumbersAreAUsageError() {
    for (String rates : List.of("100", "100,0", "fast,faster", "1e3,5")) {
      Outcome outcome = Outcome.of("experiments", "list", "pipelines", "--rates", rates);

      assertThat(outcome.code()).isEqualTo(USAGE);
      assertThat(outcome.err()).contains("'" + rates + "' is no pair of numbers above 0");
    }
  }

  @Test
  void aFileWithAMistakeIsNamedAndTheOthersAreListed() throws IOException {
    SmallExperiment.in(directory);
    Files.writeString(directory.resolve("wrong.yaml"), "name: wrong\nbenchmark: {name: emojis}\n");
    Files.writeString(directory.resolve("torn.yaml"), "name: [torn\n");

    Outcome outcome = list(directory);

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(cells(outcome, directory.resolve("small.yaml").toString()))
        .containsExactly(
            directory.resolve("small.yaml").toString(), "image-folder", "–", "hybrid", "–", "–");
    assertThat(outcome.err())
        .contains("wrong.yaml:2:19: benchmark.name: is the text 'emojis'", "torn.yaml:2:1: is not");
  }

  @Test
  void aFolderThatIsNotThereIsAUsageError() {
    Outcome outcome = list(directory.resolve("none"));

    assertThat(outcome.code()).isEqualTo(USAGE);
    assertThat(outcome.err())
        .startsWith(directory.resolve("none") + " cannot be read as a folder of experiment files");
  }

  @Test
  void anExperimentIsShownWithWhatSaysEachSetting() {
    Outcome outcome =
        Outcome.of(
            "experiments",
            "show",
            "pipelines/paper-256/ablations/cub-256-ablation-03.yaml",
            "--set",
            "seed=5");

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(cells(outcome, "train.loss.ablation"))
        .containsExactly(
            "train.loss.ablation",
            "3",
            "pipelines/paper-256/ablations/cub-256-ablation-03.yaml:15:15");
    assertThat(cells(outcome, "train.loss.lambda"))
        .containsExactly("train.loss.lambda", "0.4", "pipelines/cub-256-hybrid.yaml:22:13");
    assertThat(cells(outcome, "train.sampler.repeats"))
        .containsExactly("train.sampler.repeats", "5", "pipelines/paper-256/base/cub.yaml:18:63");
    assertThat(cells(outcome, "train.epochs"))
        .containsExactly("train.epochs", "80", "pipelines/paper-256/base/track.yaml:24:11");
    assertThat(cells(outcome, "seed ")).containsExactly("seed", "5", "--set seed=5");
    assertThat(cells(outcome, "train.loss.k")).containsExactly("train.loss.k", "4", "default");
  }
}
