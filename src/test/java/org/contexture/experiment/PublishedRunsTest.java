package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.contexture.benchmark.FileDigests;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.training.TrainingDataConfig;
import org.contexture.training.TrainingDataConfig.NoiseWithin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published runs are there as files, each of which can be planned. */
class PublishedRunsTest {
  private static final Path PIPELINES = Path.of("pipelines");

  @Test
  void everyRunIsThere() {
    Set<String> expected = new TreeSet<>();
    for (String benchmark : List.of("cub", "cars", "sop", "inat", "inshop")) {
      for (String loss :
          List.of(
              "hybrid",
              "roadmap",
              "triplet",
              "multi-similarity",
              "smooth-ap",
              "fast-ap",
              "contrastive",
              "nt-xent",
              "proxy-nca",
              "normalized-softmax")) {
        expected.add(benchmark + "-256-" + loss);
      }
    }
    for (String benchmark : List.of("cub", "cars", "sop")) {
      for (String loss :
          List.of(
              "hybrid",
              "contrastive",
              "roadmap",
              "triplet",
              "multi-similarity-miner",
              "proxy-anchor",
              "proxy-nca")) {
        expected.add(benchmark + "-224-" + loss);
      }
    }
    for (int ablation = 1; ablation <= 10; ablation++) {
      expected.add("cub-256-ablation-%02d".formatted(ablation));
    }
    for (int lambda : List.of(0, 5, 10, 15, 20, 30, 40)) {
      expected.add("cub-224-lambda-%02d".formatted(lambda));
    }
    for (int lambda : List.of(0, 10, 20, 30, 40, 60, 80)) {
      expected.add("cars-224-lambda-%02d".formatted(lambda));
    }
    for (String loss : List.of("hybrid", "contrastive")) {
      for (String change :
          List.of("noise-10", "noise-30", "classes-25", "classes-50", "images-25", "images-50")) {
        expected.add("cub-256-%s-%s".formatted(loss, change));
      }
    }

    List<String> names = new ArrayList<>();
    for (Path file : PublishedFiles.all()) {
      String name = ExperimentFile.read(file, List.of()).settings().name();
      assertThat(file.getFileName()).hasToString(name + ".yaml");
      names.add(name);
    }

    assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The sweeps of the tables run these experiments, all of them and no others. */
  @Test
  void everyRunIsInATable() {
    Set<ExperimentSettings> swept = new HashSet<>();
    for (Path file : ExperimentFiles.in(PIPELINES)) {
      if (file.toString().matches(".*/paper-2[0-9]{2}/[a-z-]+-(table|sweep)\\.yaml")) {
        Sweep sweep = SweepFile.read(file, List.of());
        assertThat("paper-2" + file.toString().split("paper-2", -1)[1].replace('/', '-'))
            .isEqualTo(sweep.name() + ".yaml");
        sweep.cells(run -> sweep.candidates(run).get(0).tuned()).stream()
            .map(sweep::settings)
            .forEach(swept::add);
      }
    }

    assertThat(swept)
        .containsExactlyInAnyOrderElementsOf(
            PublishedFiles.all().stream().map(PublishedRunsTest::read).toList());
  }

  @ParameterizedTest
  @MethodSource("org.contexture.experiment.PublishedFiles#all")
  void aFileIsReadWithoutANoteAndIsPlanned(Path file, @TempDir Path folder) {
    List<String> given =
        file.getFileName().toString().startsWith("inshop")
            ? List.of("fetch.mirror=src/test/resources/org/contexture/benchmark/mini")
            : List.of();
    assertThat(ExperimentFile.read(file, List.of()).notes()).isEmpty();

    Experiment experiment =
        Experiment.training(
            ExperimentFile.read(file, given).settings(),
            new FileDigests(folder.resolve("digests.txt")));

    assertThat(Plan.of(experiment.graph(), Store.open(folder.resolve("store")), Set.of()).steps())
        .extracting(step -> step.dataset().label())
        .contains("fetch", "fetch-weights", "train", "measure-trained");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anAblationChangesTheContextualSimilarityOnly(int number) {
    String name = "cub-256-ablation-%02d".formatted(number);
    ExperimentSettings hybrid = read(PIPELINES.resolve("cub-256-hybrid.yaml"));
    SortedMap<String, Double> options = new TreeMap<>(hybrid.train().loss().options());
    options.put("ablation", (double) number);

    assertThat(read(PIPELINES.resolve("paper-256/ablations/" + name + ".yaml")))
        .isEqualTo(
            unpublished(hybrid, name)
                .setTrain(hybrid.train().withLoss(new LossConfig(LossName.HYBRID, options)))
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "label-noise, noise-10, 0.1, 1, 1, 32",
    "label-noise, noise-30, 0.3, 1, 1, 32",
    "withheld-data, classes-25, 0, 0.25, 1, 25",
    "withheld-data, classes-50, 0, 0.5, 1, 32",
    "withheld-data, images-25, 0, 1, 0.25, 32",
    "withheld-data, images-50, 0, 1, 0.5, 32"
  })
  void noiseAndWithheldDataChangeTheDataOnly(
      String folder, String change, double noise, double classes, double images, int perBatch) {
    for (String loss : List.of("hybrid", "contrastive")) {
      String name = "cub-256-%s-%s".formatted(loss, change);
      ExperimentSettings unchanged =
          read(
              PIPELINES
                  .resolve(loss.equals("hybrid") ? "" : "paper-256")
                  .resolve("cub-256-%s.yaml".formatted(loss)));

      assertThat(read(PIPELINES.resolve("paper-256").resolve(folder).resolve(name + ".yaml")))
          .isEqualTo(
              unpublished(unchanged, name)
                  .setTrain(
                      unchanged.train().toBuilder()
                          .setClassesPerBatch(perBatch)
                          .setData(new TrainingDataConfig(noise, NoiseWithin.ALL, classes, images))
                          .build())
                  .build());
    }
  }

  /** What is published of an experiment, or what it is called, makes no other dataset. */
  @Test
  void whatIsPublishedChangesNoDataset(@TempDir Path folder) {
    FileDigests digests = new FileDigests(folder.resolve("digests.txt"));
    Path hybrid = PIPELINES.resolve("cub-256-hybrid.yaml");
    ExperimentSettings other =
        ExperimentFile.read(
                hybrid, List.of("published.track=none", "published.recall_at_1=1", "name=another"))
            .settings();

    assertThat(Experiment.training(other, digests).trained().metrics().id())
        .isEqualTo(Experiment.training(read(hybrid), digests).trained().metrics().id());
  }

  private static ExperimentSettings.Builder unpublished(ExperimentSettings settings, String name) {
    return settings.toBuilder()
        .setName(name)
        .setPublished(
            new PublishedSettings(PublishedSettings.Track.PAPER_256, Optional.empty(), false));
  }

  private static ExperimentSettings read(Path file) {
    return ExperimentFile.read(file, List.of()).settings();
  }
}
