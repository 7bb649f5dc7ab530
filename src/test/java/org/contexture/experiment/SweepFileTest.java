package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {
  private static final String BASE =
      """
      name: mine
      benchmark: {name: emoji}
      train:
        loss: {name: hybrid, weights: {contextual: 0.7}}
        learning_rate: 0.5
      """;
  private static final String SWEEP =
      """
      name: losses
      experiment: base.yaml
      runs:
        hybrid: {control: false}
        triplet, loose: {}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeBase() throws IOException {
    Files.writeString(folder.resolve("base.yaml"), BASE);
  }

  private Sweep read(String text, String... overrides) throws IOException {
    return SweepFile.read(
        Files.writeString(folder.resolve("sweep.yaml"), text), List.of(overrides));
  }

  private List<String> problems(String text, String... overrides) {
    Failure failure = catchThrowableOfType(Failure.class, () -> read(text, overrides));
    assertThat(failure).isNotNull();
    assertThat(failure.category()).isEqualTo(Failure.Category.USAGE);
    return failure
        .getMessage()
        .lines()
        .skip(1)
        .map(line -> line.strip().replace(folder + "/", ""))
        .toList();
  }

  private static final String LOSSES =
      """
      name: losses
      experiment: base.yaml
      settings:
        control: false
        train: {epochs: 7}
      runs:
        hybrid: {train: {epochs: 8}}
        triplet:
          train: {loss: {name: triplet, margin: 0.25}}
      grid:
        train.data.label_noise: [0, 0.3]
      repeat:
        seed: [4, 5, 6]
      tune:
        train.learning_rate: [1e-3, 1e-2]
        train.weight_decay: [0, 0.5]
      """;

  @Test
  void everyCombinationIsAnExperimentOfItsOwn() throws IOException {
    Sweep sweep = read(LOSSES);

    assertThat(sweep.name()).isEqualTo("losses");
    assertThat(sweep.runs()).containsExactly("hybrid", "triplet");
    assertThat(sweep.grid())
        .extracting(Variation::toString)
        .containsExactly("train.data.label_noise=0", "train.data.label_noise=0.3");
    Variation chosen = sweep.candidates("triplet").get(2).tuned();
    List<Sweep.Cell> cells = sweep.cells(run -> chosen);
    assertThat(cells).hasSize(2 * 2 * 3);
    assertThat(cells.get(10))
        .hasToString(
            "triplet, train.data.label_noise=0.3, seed=5, train.learning_rate=1e-2,"
                + " train.weight_decay=0");
    ExperimentSettings settings = sweep.settings(cells.get(10));
    assertThat(settings.seed()).isEqualTo(5);
    assertThat(settings.train().loss().name()).isEqualTo(LossName.TRIPLET);
    assertThat(settings.train().loss().option("margin")).isEqualTo(0.25);
    assertThat(settings.train().learningRate()).isEqualTo(1e-2);
    assertThat(settings.train().weightDecay()).isZero();
    assertThat(settings.control()).isFalse();
    assertThat(settings.train().epochs()).isEqualTo(7);
    assertThat(settings.train().data().labelNoise()).isEqualTo(0.3);
    Set<ExperimentSettings> all = new HashSet<>();
    cells.forEach(cell -> all.add(sweep.settings(cell)));
    assertThat(all).hasSameSizeAs(cells);
  }

  @Test
  void whatARunDoesNotSayIsThatOfTheExperiment() throws IOException {
    Sweep sweep = read(LOSSES);

    ExperimentSettings hybrid = sweep.settings(sweep.candidates("hybrid").get(0));

    assertThat(hybrid.name()).isEqualTo("mine");
    assertThat(hybrid.train().epochs()).isEqualTo(8);
    assertThat(hybrid.train().loss().option("weights.contextual")).isEqualTo(0.7);
  }

  @Test
  void candidatesAreAtTheFirstPointOfGridAndRepetition() throws IOException {
    assertThat(read(LOSSES).candidates("hybrid"))
        .hasSize(4)
        .allSatisfy(
            cell -> {
              assertThat(cell.grid().values()).isEqualTo(Map.of("train.data.label_noise", "0"));
              assertThat(cell.repeat().values()).isEqualTo(Map.of("seed", "4"));
            });
  }

  @Test
  void withoutGridRepeatAndTuneEachRunIsOneExperiment() throws IOException {
    Sweep sweep = read("name: a\nexperiment: base.yaml\nruns: {one: {}, two: {seed: 9}}\n");

    assertThat(sweep.cells(run -> sweep.candidates(run).get(0).tuned()))
        .extracting(Sweep.Cell::toString)
        .containsExactly("one", "two");
    assertThat(sweep.settings(sweep.candidates("two").get(0)).seed()).isEqualTo(9);
  }

  @Test
  void theCommandLineIsOverEverything() throws IOException {
    Sweep sweep = read(LOSSES, "train.epochs=5");

    assertThat(sweep.candidates("hybrid"))
        .extracting(cell -> sweep.settings(cell).train().epochs())
        .containsOnly(5);
  }

  @Test
  void whatIsVariedIsGivenNoOtherValue() {
    assertThat(
            problems(
                LOSSES + "  train.data.label_noise: [0.1]\n  seed: [7]\n",
                "control=true",
                "seed=9",
                "train.learning_rate=0.125",
                "seed=10"))
        .containsExactly(
            "sweep.yaml:17:28: tune.train.data.label_noise: is varied by grid too; allowed: one of"
                + " grid, repeat and tune",
            "sweep.yaml:18:10: tune.seed: is varied by repeat too; allowed: one of grid, repeat and"
                + " tune",
            "--set seed=9: seed: is varied by repeat, whose values would all be this one; take it"
                + " out of either",
            "--set train.learning_rate=0.125: train.learning_rate: is varied by tune, whose values"
                + " would all be this one; take it out of either",
            "--set seed=10: seed: is varied by repeat, whose values would all be this one; take it"
                + " out of either");
  }

  @Test
  void everyValueIsAnother() {
    assertThat(problems(SWEEP.replace(", loose", "") + "repeat: {seed: [1, 1, 01]}\n"))
        .containsExactly("sweep.yaml:6:20: repeat.seed[1]: is 1 again");
    assertThat(
            problems(
                SWEEP.replace(", loose", "")
                    + """
                    grid: {train.learning_rate: [1e-3, 0.1, 0.001]}
                    repeat: {seed: [1, 2, 01]}
                    """))
        .containsExactly(
            "sweep.yaml:6:41: grid.train.learning_rate: is '0.001', which makes the same settings as"
                + " '1e-3'; allowed: different values",
            "sweep.yaml:7:23: repeat.seed: is '01', which makes the same settings as '1'; allowed:"
                + " different values");
  }

  @Test
  void aValueMayMatterAtSomePointsOnly() throws IOException {
    Sweep sweep =
        read(
            SWEEP.replace(", loose", "")
                + """
                grid:
                  train.data.noise_within: [all, super_class]
                  train.data.label_noise: [0, 0.3]
                """);

    assertThat(sweep.grid()).hasSize(4);
  }

  @Test
  void problemsOfAllExperimentsAreReportedOnceWithTheirPlaces() {
    assertThat(
            problems(
                """
                name: losses
                experiment: base.yaml
                runs:
                  hybrid: {train: {loss: {name: hybird}}}
                  wrong: {tain: {epochs: 1}}
                grid:
                  train.epochs: [1, 0]
                  train.lable_noise: [0]
                """,
                "seed=x"))
        .hasSize(5)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("sweep.yaml:4:33: train.loss.name: is the text 'hybird'")
                    .endsWith("did you mean 'hybrid'?"))
        .anySatisfy(line -> assertThat(line).startsWith("sweep.yaml:5:11: tain: is no key"))
        .anySatisfy(line -> assertThat(line).startsWith("sweep.yaml:7:21: train.epochs: is 0"))
        .anySatisfy(
            line -> assertThat(line).startsWith("sweep.yaml:8:23: train.lable_noise: is no key"))
        .anySatisfy(line -> assertThat(line).startsWith("--set seed=x: seed: is the text 'x'"));
  }

  @Test
  void aRunMayExtendAFileOfItsOwn() throws IOException {
    Files.createDirectory(folder.resolve("papers"));
    Files.writeString(
        folder.resolve("papers/contrastive.yaml"),
        """
        extends: ../base.yaml
        train: {loss: {name: contrastive}, epochs: 3}
        published: {recall_at_1: 66.2, read_off_plot: true}
        """);
    String runs =
        """
        settings: {control: false}
        runs:
          contrastive: {extends: papers/contrastive.yaml}
          longer: {extends: papers/contrastive.yaml, train: {epochs: 9}}
        """;
    for (String file :
        List.of("name: a\n" + runs, "name: a\nexperiment: base.yaml\n" + runs + "  base: {}\n")) {
      Sweep sweep = read(file, "seed=8");

      ExperimentSettings contrastive = sweep.settings(sweep.candidates("contrastive").get(0));
      assertThat(contrastive.train().loss().name()).isEqualTo(LossName.CONTRASTIVE);
      assertThat(contrastive.train().learningRate()).isEqualTo(0.5);
      assertThat(contrastive.train().epochs()).isEqualTo(3);
      assertThat(contrastive.control()).isFalse();
      assertThat(contrastive.seed()).isEqualTo(8);
      assertThat(contrastive.published().recallAt1()).contains(66.2);
      assertThat(sweep.settings(sweep.candidates("longer").get(0)).train().epochs()).isEqualTo(9);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 4:18", "'grid: {train.epochs: [1]}', 5:23"})
  void whatARunExtendsIsNamedWhereItIsMissing(String grid, String newest) {
    assertThat(
            problems(
                "name: a\nruns:\n  one: {extends: bose.yaml}\n  two: {control: false}\n" + grid))
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("sweep.yaml:3:18: extends: names ")
                    .contains("bose.yaml", "which does not exist"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "sweep.yaml:%s: extends: is missing; required where no file is named that"
                            + " all is laid over",
                        newest));
  }

  @Test
  void whatIsWrongWithAFileIsSaidForEveryRunThatExtendsIt() throws IOException {
    Files.writeString(folder.resolve("twice.yaml"), "extends: base.yaml\nseed: 1\nseed: 2\n");

    assertThat(
            problems(
                """
                name: a
                runs:
                  one: {extends: twice.yaml}
                  two: {extends: bose.yaml}
                  three: {extends: bose.yaml}
                grid: {train.epochs: [1, 2]}
                """))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("twice.yaml:3:1: seed: is given twice"))
        .anySatisfy(line -> assertThat(line).startsWith("sweep.yaml:4:18: extends: names bose"))
        .anySatisfy(line -> assertThat(line).startsWith("sweep.yaml:5:20: extends: names bose"));
  }

  @Test
  void aPublishedFigureIsOfThePointOfTheGridThatChangesNothing() throws IOException {
    Sweep sweep =
        read(
            """
            name: a
            experiment: base.yaml
            runs:
              two: {published: {recall_at_1: 71.9}, train: {epochs: 7}}
              one: {}
            grid: {train.epochs: [5, 7]}
            repeat: {seed: [1, 2]}
            """);

    assertThat(published(sweep)).containsExactly("-", "-", "71.9", "71.9", "-", "-", "-", "-");
  }

  private static List<String> published(Sweep sweep) {
    return sweep.cells(run -> sweep.candidates(run).get(0).tuned()).stream()
        .map(cell -> sweep.settings(cell).published().recallAt1())
        .map(recall -> recall.map(Object::toString).orElse("-"))
        .toList();
  }

  @Test
  void problemsOfTheFileItself() {
    assertThat(problems(SWEEP + "tunes: {}\n"))
        .containsExactly(
            "sweep.yaml:5:3: runs.triplet, loose: is not a name; allowed: up to 64 letters, digits,"
                + " spaces and . _ + -",
            "sweep.yaml:6:1: tunes: is no key; allowed: name, experiment, settings, runs, grid, repeat, tune;"
                + " did you mean 'tune'?");
    assertThat(problems("name: a\nexperiment: base.yaml\nruns: {}\n"))
        .singleElement()
        .asString()
        .startsWith("sweep.yaml:3:7: runs: is a section; allowed: a section that maps names");
    assertThat(
            problems(
                "name: a\nexperiment: base.yaml\nruns: {one: {}}\ngrid: {seed: 3, Seed: [1]}\n"))
        .hasSize(2);
    assertThat(problems("name: a\nexperiment: bose.yaml\nruns: {one: {}}\n"))
        .containsExactly("bose.yaml: does not exist; did you mean 'base.yaml'?");
  }

  @Test
  void aSweepThatWouldNeverEndIsRefused() {
    String hundred = IntStream.rangeClosed(1, 100).boxed().toList().toString();
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                read(
                    "name: a\nexperiment: base.yaml\nruns: {one: {}}\ngrid: {seed: %s, train.seed: %s,"
                            .formatted(hundred, hundred)
                        + " train.epochs: [1, 2]}\n"));

    assertThat(failure).hasMessageContaining("asks for 20000 experiments; allowed are 10000");
  }
}
