package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.experiment.keys.EffectiveSetting;
import org.contexture.experiment.keys.Reading;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiment files that are laid over others. */
class ExtendingFilesTest {
  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new ExperimentFolder(temporary);
    write(
        "base/track.yaml",
        """
        seed: 7
        train:
          loss: {name: hybrid_256, lambda: 0.3}
          epochs: 5
        """);
    write(
        "base/emoji.yaml",
        """
        extends: track.yaml
        benchmark: {name: emoji}
        train:
          epochs: 6
          learning_rate: 0.5
        """);
  }

  private void write(String file, String text) throws IOException {
    Path path = temporary.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void aFileIsLaidOverTheOneItExtendsAndThatOverItsOwn() {
    ExperimentSettings settings =
        folder.settings("extends: base/emoji.yaml\nname: mine\ntrain: {learning_rate: 0.25}\n");

    assertThat(settings.name()).isEqualTo("mine");
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.benchmark().name()).isEqualTo(BenchmarkSettings.Name.EMOJI);
    assertThat(settings.train().epochs()).isEqualTo(6);
    assertThat(settings.train().learningRate()).isEqualTo(0.25);
    assertThat(settings.train().loss().option("weights.contextual")).isEqualTo(0.3);
  }

  @Test
  void aSectionThatIsLeftEmptyIsThatOfTheFileBelow() throws IOException {
    String text = "extends: base/emoji.yaml\nname: mine\ntrain:\n  # epochs: 9\nfetch: ~\n";

    assertThat(folder.settings(text).train().epochs()).isEqualTo(6);
    assertThat(folder.settings(text, "train.epochs=9").train().learningRate()).isEqualTo(0.5);
    assertThat(folder.problems(text, "train=", "train.epochs=9"))
        .singleElement()
        .asString()
        .startsWith("--set train=: train: is empty; allowed: a section with the keys loss, epochs");
    assertThat(folder.problems("extends: base/emoji.yaml\nname: mine\ntrain: ''\n"))
        .singleElement()
        .asString()
        .startsWith("mine.yaml:3:8: train: is the text ''; allowed: a section");
    assertThat(folder.problems("extends: base/emoji.yaml\nname: mine\nseed:\n"))
        .containsExactly(
            "mine.yaml:3:6: seed: is empty; allowed: a whole number from 0 to 9007199254740992");

    folder.file(text);
    write(
        "sweep.yaml",
        """
        name: losses
        experiment: mine.yaml
        settings: {train: {loss: }}
        runs:
          one:
            train:
        """);
    Sweep sweep = SweepFile.read(temporary.resolve("sweep.yaml"), List.of());
    TrainingSettings train = sweep.settings(sweep.candidates("one").get(0)).train();
    assertThat(train.epochs()).isEqualTo(6);
    assertThat(train.loss().option("weights.contextual")).isEqualTo(0.3);
  }

  @Test
  void everySettingNamesTheFileThatSaysIt() {
    Reading<ExperimentSettings> reading =
        folder.read("extends: base/emoji.yaml\nname: mine\n", "train.learning_rate=1");

    assertThat(reading.effective())
        .extracting(EffectiveSetting::key)
        .doesNotContain("extends")
        .doesNotHaveDuplicates();
    assertThat(source(reading, "name")).endsWith("mine.yaml:2:7");
    assertThat(source(reading, "train.epochs")).endsWith("base/emoji.yaml:4:11");
    assertThat(source(reading, "train.loss.lambda")).endsWith("base/track.yaml:3:36");
    assertThat(source(reading, "train.learning_rate")).isEqualTo("--set train.learning_rate=1");
    assertThat(source(reading, "control")).isEqualTo("default");
  }

  private static String source(Reading<ExperimentSettings> reading, String key) {
    return reading.effective().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow()
        .source();
  }

  @Test
  void optionsOfALossThatIsNotUsedAnyMoreAreNoted() {
    String text = "extends: base/emoji.yaml\nname: mine\ntrain: {loss: {name: triplet}}\n";

    assertThat(folder.settings(text).train().loss().name()).isEqualTo(LossName.TRIPLET);
    assertThat(folder.notes(text))
        .containsExactly(
            "train.loss.lambda at base/track.yaml:3:28 is not used, because mine.yaml:3:22 chose"
                + " name triplet.");
  }

  @Test
  void aValueThatIsReplacedIsNotJudged() throws IOException {
    write("base/emoji.yaml", "extends: track.yaml\nbenchmark: {name: emoji}\nseed: many\n");

    assertThat(folder.settings("extends: base/emoji.yaml\nname: mine\nseed: 3\n").seed())
        .isEqualTo(3);
  }

  @Test
  void problemsNameTheFileThatHasThem() throws IOException {
    write(
        "base/emoji.yaml",
        "extends: track.yaml\nbenchmark: {name: emoji}\ntrain:\n  epochs: few\n");

    assertThat(folder.problems("extends: base/emoji.yaml\nseeds: 3\n"))
        .containsExactly(
            "base/emoji.yaml:4:11: train.epochs: is the text 'few'; allowed: a whole number from 1"
                + " to 10000",
            "mine.yaml:1:1: name: is missing; required: up to 64 lower-case letters, digits and"
                + " hyphens, not starting with a hyphen",
            "mine.yaml:2:1: seeds: is no key; allowed: name, seed, benchmark, fetch, images, model,"
                + " pretrain, train, control, evaluate, report, published, extends; did you mean"
                + " 'seed'?");
  }

  @Test
  void aFileThatIsNotThereIsNamedWhereItIsExtended() {
    assertThat(folder.problems("name: mine\nextends: base/emoij.yaml\n"))
        .containsExactly(
            "mine.yaml:2:10: extends: names base/emoij.yaml, which does not exist; did you mean"
                + " 'base/emoji.yaml'?");
    assertThat(folder.problems("extends: base\nname: mine\n"))
        .containsExactly(
            "mine.yaml:1:10: extends: names base, which cannot be read: it is a directory");
  }

  @Test
  void whatIsWrongWithTheYamlOfAnExtendedFileIsNamedThere() throws IOException {
    write("base/track.yaml", "seed: 1\nseed: 2\n");

    assertThat(folder.problems("extends: base/emoji.yaml\nname: mine\n"))
        .hasSize(1)
        .allMatch(problem -> problem.startsWith("base/track.yaml:2:1: "));
  }

  @Test
  void aFileCannotExtendItself() throws IOException {
    assertThat(folder.problems("extends: base/../mine.yaml\nname: mine\n"))
        .containsExactly(
            "mine.yaml:1:10: extends: names mine.yaml, which is this file or extends it; a file"
                + " cannot extend itself");
    write("base/track.yaml", "seed: 7\nextends: emoji.yaml\n");
    assertThat(folder.problems("extends: base/emoji.yaml\nname: mine\n"))
        .containsExactly(
            "base/track.yaml:2:10: extends: names base/emoji.yaml, which is this file or extends"
                + " it; a file cannot extend itself");
  }

  @Test
  void aChainHasAnEnd() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("chain/" + i + ".yaml", "extends: " + (i + 1) + ".yaml\nseed: " + i + "\n");
    }
    write("chain/8.yaml", "benchmark: {name: emoji}\nevaluate: {recall_at: [3]}\n");
    assertThat(folder.settings("extends: chain/0.yaml\nname: mine\n").recallAt())
        .containsExactly(3);

    write("chain/8.yaml", "extends: 9.yaml\n");
    assertThat(folder.problems("extends: chain/0.yaml\nname: mine\n"))
        .containsExactly(
            "chain/8.yaml:1:10: extends: names chain/9.yaml, which is one too many; allowed: a"
                + " chain of 10 files");
  }

  @Test
  void extendsIsAPathAtTheTopOfAFile() {
    assertThat(folder.settings("extends: none\n" + ExperimentFolder.SMALLEST).seed()).isEqualTo(1);
    assertThat(folder.problems("extends: [a]\n" + ExperimentFolder.SMALLEST))
        .containsExactly("mine.yaml:1:10: extends: is a list; allowed: a path");
    assertThat(folder.problems("extends:\n" + ExperimentFolder.SMALLEST))
        .containsExactly("mine.yaml:1:9: extends: is empty; allowed: a path");
    assertThat(folder.problems(ExperimentFolder.SMALLEST, "extends=base/track.yaml"))
        .singleElement()
        .asString()
        .startsWith("--set extends=base/track.yaml: extends: is no key; allowed: name, seed");
    assertThat(folder.problems("extend: base/track.yaml\n" + ExperimentFolder.SMALLEST))
        .singleElement()
        .asString()
        .endsWith("published, extends; did you mean 'extends'?");
    assertThat(folder.problems(ExperimentFolder.SMALLEST + "train: {extends: base/track.yaml}\n"))
        .singleElement()
        .asString()
        .startsWith("mine.yaml:4:9: train.extends: is no key");
  }

  @Test
  void aSweepMayBeOfAFileThatExtendsAnother() throws IOException {
    folder.file("extends: base/emoji.yaml\nname: mine\n");
    write(
        "sweep.yaml",
        """
        name: losses
        experiment: mine.yaml
        runs:
          hybrid: {train: {epochs: 8}}
          triplet: {train: {loss: {name: triplet}}}
        """);

    Sweep sweep = SweepFile.read(temporary.resolve("sweep.yaml"), List.of());

    ExperimentSettings hybrid = sweep.settings(sweep.candidates("hybrid").get(0));
    assertThat(hybrid.train().epochs()).isEqualTo(8);
    assertThat(hybrid.train().loss().option("weights.contextual")).isEqualTo(0.3);
    ExperimentSettings triplet = sweep.settings(sweep.candidates("triplet").get(0));
    assertThat(triplet.train().loss().name()).isEqualTo(LossName.TRIPLET);
    assertThat(triplet.train().epochs()).isEqualTo(6);
  }

  @Test
  void aFileOnlyToBeExtendedIsNoWholeExperiment() {
    assertThat(ExperimentFile.isWhole(temporary.resolve("base/emoji.yaml"))).isFalse();
    assertThat(ExperimentFile.isWhole(folder.file("extends: base/emoji.yaml\nname: mine\n")))
        .isTrue();
  }
}
