package org.contexture.experiment;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.experiment.ExperimentFolder.SMALLEST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentProblemsTest {
  private static final String LOSS_KEYS =
      "name, weights, k, eps, ablation, positive_margin, negative_margin, target_similarity, alpha,"
          + " beta, base, slack, margin, cutoff, farthest, temperature, delta, slope, offset, bins,"
          + " largest_k, rank_temperature, interpolation, intervals, scale, normalised,"
          + " smoothing, lambda, gamma";
  private static final String TOP =
      "name, seed, benchmark, fetch, images, model, pretrain, train, control, evaluate, report,"
          + " published, extends";

  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ExperimentFolder(temporary);
  }

  @Test
  void allProblemsAreReportedAtOnceInTheOrderOfTheFile() {
    assertThat(
            folder.problems(
                """
                name: My Experiment
                sead: 3
                benchmark:
                  name: emojis
                  path: photos
                images:
                  size: large
                  jpeg_quality: 90
                model:
                  embedding_size: 1
                  head: average-linear
                train:
                  loss:
                    name: hybrid
                    eps: -1
                    weights:
                      contextua1: 0.5
                    temperature: 0.1
                  epochs: 2.5
                  learning_rate: 0
                  schedule: [cosine]
                  augmentation:
                    flip: yes
                  averaging: 1
                epochs: 5
                evaluate:
                  recall_at: [1, 0, x, 1]
                report: 8
                """))
        .containsExactly(
            "mine.yaml:1:7: name: is the text 'My Experiment'; allowed: up to 64 lower-case"
                + " letters, digits and hyphens, not starting with a hyphen",
            "mine.yaml:2:1: sead: is no key; allowed: " + TOP + "; did you mean 'seed'?",
            "mine.yaml:4:9: benchmark.name: is the text 'emojis'; allowed: emoji, image-folder,"
                + " image-list, cub200, cars196, sop, inshop, inaturalist; did you mean 'emoji'?",
            "mine.yaml:7:9: images.size: is the text 'large'; allowed: a whole number from 8 to 1024",
            "mine.yaml:8:3: images.jpeg_quality: is only for encoding jpeg, and here encoding is"
                + " png; allowed: size, encoding, test_resize, test_size, shard_megabytes,"
                + " max_rejected_share, stored_size, train_resize",
            "mine.yaml:10:19: model.embedding_size: is 1; allowed: a whole number from 2 to 4096",
            "mine.yaml:11:9: model.head: is the text 'average-linear'; allowed: average_linear,"
                + " max_norm_linear, gem_linear, average_max_linear, pyramid_linear; did you mean 'average_linear'?",
            "mine.yaml:15:10: train.loss.eps: is -1; allowed: a number from 0 to 4",
            "mine.yaml:17:7: train.loss.weights.contextua1: is no key; allowed: contextual,"
                + " contrastive, regulariser; did you mean 'contextual'?",
            "mine.yaml:18:5: train.loss.temperature: is only for name roadmap, smooth_ap, rs_at_k,"
                + " nt_xent, normalized_softmax, and here name is hybrid; allowed: name, weights, k, eps,"
                + " ablation, positive_margin, negative_margin, target_similarity",
            "mine.yaml:19:11: train.epochs: is 2.5; allowed: a whole number from 1 to 10000",
            "mine.yaml:20:18: train.learning_rate: is 0; allowed: a number above 0 to 10",
            "mine.yaml:21:13: train.schedule: is a list; allowed: constant, cosine, multi_step,"
                + " step",
            "mine.yaml:23:11: train.augmentation.flip: is the text 'yes'; allowed: true or false;"
                + " did you mean 'true'?",
            "mine.yaml:24:14: train.averaging: is 1; allowed: a number from 0 to below 1",
            "mine.yaml:25:1: epochs: is no key; allowed: "
                + TOP
                + "; did you mean 'pretrain.epochs'?",
            "mine.yaml:27:18: evaluate.recall_at[1]: is 0; allowed: a whole number from 1 to"
                + " 1000000",
            "mine.yaml:27:21: evaluate.recall_at[2]: is the text 'x'; allowed: a whole number from"
                + " 1 to 1000000",
            "mine.yaml:27:24: evaluate.recall_at[3]: is 1 again",
            "mine.yaml:28:9: report: is 8; allowed: a section with the keys queries, classes,"
                + " neighbours");
  }

  @Test
  void whatIsRequiredIsMissedWhereItShouldBe() {
    assertThat(folder.problems("# nothing yet\n"))
        .containsExactly(
            "mine.yaml:1:1: name: is missing; required: up to 64 lower-case letters, digits and"
                + " hyphens, not starting with a hyphen",
            "mine.yaml:1:1: benchmark.name: is missing; required: emoji, image-folder,"
                + " image-list, cub200, cars196, sop, inshop, inaturalist");
    assertThat(folder.problems("name: mine\nbenchmark:\n  name: image-folder\n"))
        .containsExactly("mine.yaml:3:3: benchmark.path: is missing; required: a path");
    assertThat(folder.problems("name: mine\nbenchmark:\n"))
        .containsExactly(
            "mine.yaml:2:11: benchmark.name: is missing; required: emoji, image-folder,"
                + " image-list, cub200, cars196, sop, inshop, inaturalist");
  }

  @Test
  void valuesOfTheWrongTypeSayWhatTheyAreAndWhatIsAllowed() {
    assertThat(
            folder.problems(
                """
                name: 2024
                seed: "7"
                benchmark: [emoji]
                images: {size: , max_rejected_share: .nan, encoding: {png: 1}}
                model: {weights: ~/model.safetensors}
                control: 1
                evaluate: {recall_at: 5}
                train: {weight_decay: .inf, loss_rate: 1e999, epochs: 99999999999999999999}
                pretrain: {weight_decay: true, epochs: 1_000, loss: hybrid}
                """))
        .containsExactly(
            "mine.yaml:1:7: name: is 2024, which YAML takes for something other than text; put it"
                + " in quotes",
            "mine.yaml:2:7: seed: is the text '7'; allowed: a whole number from 0 to"
                + " 9007199254740992",
            "mine.yaml:3:12: benchmark: is a list; allowed: a section with the keys name,"
                + " validation_share, path, test_share, expected_counts, split_lists",
            "mine.yaml:4:15: images.size: is empty; allowed: a whole number from 8 to 1024",
            "mine.yaml:4:38: images.max_rejected_share: is .nan; allowed: a number from 0 to 1",
            "mine.yaml:4:54: images.encoding: is a section; allowed: png, jpeg, original",
            "mine.yaml:5:18: model.weights: is the text '~/model.safetensors'; allowed: a path"
                + " relative to the working directory, an address that starts with http:// or"
                + " https://, or imagenet",
            "mine.yaml:6:10: control: is 1; allowed: true or false; did you mean 'true'?",
            "mine.yaml:7:23: evaluate.recall_at: is 5; allowed: a list of 1 to 100 different"
                + " items, each a whole number from 1 to 1000000",
            "mine.yaml:8:23: train.weight_decay: is .inf; allowed: a number from 0 to 1",
            "mine.yaml:8:40: train.loss_rate: is 1e999; allowed: a number from 0 to 100000",
            "mine.yaml:8:55: train.epochs: is 99999999999999999999; allowed: a whole number from 1"
                + " to 10000",
            "mine.yaml:9:26: pretrain.weight_decay: is true; allowed: a number from 0 to 1",
            "mine.yaml:9:40: pretrain.epochs: is the text '1_000'; allowed: a whole number from 1"
                + " to 10000",
            "mine.yaml:9:53: pretrain.loss: is the text 'hybrid'; allowed: a section with the keys "
                + LOSS_KEYS);
  }

  @Test
  void anAddressOfWeightsGoesWithTheirDigest() {
    String digest = "a".repeat(64);
    assertThat(folder.problems(SMALLEST + "model: {weights: 'https://localhost/a.pth'}\n"))
        .containsExactly(
            "mine.yaml:4:18: model.weights: is an address, and what comes from there is used only if"
                + " its SHA-256 is that of model.weights_sha256; give it");
    assertThat(
            folder.problems(
                SMALLEST
                    + "model: {weights: 'https://localhost/', weights_sha256: %s}\n"
                        .formatted(digest)))
        .containsExactly("mine.yaml:4:18: model.weights: is no address of a file");
    assertThat(
            folder.problems(
                SMALLEST
                    + "model: {weights: 'http://a b/c', weights_sha256: %s}\n".formatted(digest)))
        .singleElement()
        .asString()
        .startsWith("mine.yaml:4:18: model.weights: is no address: ");
    assertThat(
            folder.problems(
                SMALLEST + "model: {weights: imagenet, weights_sha256: %s}\n".formatted(digest)))
        .containsExactly(
            "mine.yaml:4:44: model.weights_sha256: goes with a path or an address of weights; leave"
                + " it out");
    assertThat(folder.problems(SMALLEST + "model: {weights: a.pth, weights_sha256: abc}\n"))
        .containsExactly(
            "mine.yaml:4:41: model.weights_sha256: is the text 'abc'; allowed: 64 lower-case"
                + " hexadecimal digits");
  }

  @Test
  void aReportMayNotShowMorePicturesThanAPageHolds() {
    assertThat(
            folder.problems(SMALLEST + "report: {queries: 100, classes: 1000, neighbours: 100}\n"))
        .containsExactly(
            "mine.yaml:4:51: report.neighbours: makes a page of 131300 pictures, (3 x queries +"
                + " classes) x (1 + neighbours); allowed: up to 5000 pictures, by fewer queries,"
                + " classes or neighbours");
    assertThat(folder.problems(SMALLEST + "report: {classes: 965, neighbours: 4}\n"))
        .singleElement()
        .asString()
        .contains("a page of 5005 pictures");
    assertThat(folder.settings(SMALLEST + "report: {classes: 964, neighbours: 4}\n").report())
        .isEqualTo(new ReportSettings(12, 964, 4));
  }

  @Test
  void keysThatGoTogetherAreCheckedTogether() {
    assertThat(
            folder.problems(
                SMALLEST
                    + """
                    pretrain: {classes_per_batch: 1, images_per_class: 1}
                    train: {classes_per_batch: 4096, images_per_class: 5}
                    """))
        .containsExactly(
            "mine.yaml:4:52: pretrain.images_per_class: makes a batch of 1 classes with 1 images"
                + " each; allowed: 2 to 16384 images in a batch",
            "mine.yaml:5:52: train.images_per_class: makes a batch of 4096 classes with 5 images"
                + " each; allowed: 2 to 16384 images in a batch");
    assertThat(folder.problems(SMALLEST + "train: {select: last, patience: 3}\n"))
        .containsExactly(
            "mine.yaml:4:33: train.patience: waits for a better one of 3 measurements, and with"
                + " select last none is better; allowed: patience 0, or select validation or test");
    assertThat(
            folder.problems(
                SMALLEST + "  validation_share: 0\npretrain: {patience: 2}\n", "train.patience=3"))
        .containsExactly(
            "mine.yaml:5:22: pretrain: makes pretrain.patience 2 wait for a better measurement on"
                + " validation classes, of which there are none; allowed: patience 0,"
                + " benchmark.validation_share above 0, or select test",
            "--set train.patience=3: train: makes train.patience 3 wait for a better measurement on"
                + " validation classes, of which there are none; allowed: patience 0,"
                + " benchmark.validation_share above 0, or select test");
    assertThat(
            folder
                .settings(
                    SMALLEST + "train: {patience: 3, select: test}\n",
                    "benchmark.validation_share=0")
                .train()
                .patience())
        .isEqualTo(3);
    assertThat(
            folder.problems(
                SMALLEST
                    + """
                    pretrain: {loss: {name: hybrid_224, lambda: 0.95, gamma: 0.1}}
                    train: {loss: {name: hybrid_256, lambda: 0.95, gamma: 0.1}}
                    """))
        .containsExactly(
            "mine.yaml:5:55: train.loss.gamma: leaves a weight of -0.05 for the contrastive term;"
                + " allowed: lambda and gamma that are 1 together at most");
    assertThat(folder.problems(SMALLEST + "  path: photos\n  test_share: 0.2\n"))
        .containsExactly(
            "mine.yaml:4:3: benchmark.path: is only for name image-folder, image-list, and here name is"
                + " emoji; allowed: name, validation_share",
            "mine.yaml:5:3: benchmark.test_share: is only for name image-folder, image-list, and here name is"
                + " emoji; allowed: name, validation_share");
  }

  @Test
  void aBatchThatALossHasNoMemoryForIsRefused() {
    assertThat(
            folder.problems(
                SMALLEST
                    + """
                    pretrain: {loss: {name: rs_at_k}, classes_per_batch: 512, images_per_class: 4}
                    train: {loss: {ablation: 5}, classes_per_batch: 257, images_per_class: 4}
                    """))
        .containsExactly(
            "mine.yaml:4:77: pretrain.images_per_class: makes a batch of 2048 images, and the loss"
                + " rs_at_k as it is set compares every three of them in arrays of 32.0 GiB each,"
                + " of which it needs several at once; allowed with this loss: up to 1024 images"
                + " in a batch, by classes_per_batch and images_per_class",
            "mine.yaml:5:72: train.images_per_class: makes a batch of 1028 images, and the loss"
                + " hybrid as it is set compares every three of them in arrays of 4.0 GiB each, of"
                + " which it needs several at once; allowed with this loss: up to 1024 images in a"
                + " batch, by classes_per_batch and images_per_class");
    ExperimentSettings allowed =
        folder.settings(
            SMALLEST
                + """
                pretrain: {loss: {name: rs_at_k}, classes_per_batch: 256, images_per_class: 4}
                train: {loss: {ablation: 4}, classes_per_batch: 512, images_per_class: 4}
                """);
    assertThat(allowed.train().classesPerBatch()).isEqualTo(512);
  }

  @Test
  void aMinerThatCouldDrawNothingIsRefused() {
    assertThat(
            folder.problems(
                SMALLEST
                    + """
                    pretrain: {loss: {name: triplet, cutoff: 1.39}}
                    train: {loss: {name: triplet, cutoff: 1.4}}
                    """))
        .containsExactly(
            "mine.yaml:5:39: train.loss.cutoff: no negative is drawn where distances below 1.4"
                + " count as it and those of 1.4 or more are left out; allowed: a cutoff below"
                + " farthest");
  }

  @Test
  void imagesCannotBeCutLargerThanTheyAre() {
    assertThat(folder.problems(SMALLEST, "images.size=224", "images.test_size=200"))
        .containsExactly(
            "--set images.test_size=200: images.test_size: 200 pixels have no square of 224 to be"
                + " seen; allowed: size and more");
    assertThat(folder.problems(SMALLEST, "images.encoding=original", "images.stored_size=200"))
        .singleElement()
        .asString()
        .contains("images.stored_size: is only for encoding png, jpeg");
  }

  @Test
  void nothingIsFetchedForABenchmarkThatIsHere() {
    assertThat(folder.problems(SMALLEST, "fetch.mirror=archives"))
        .containsExactly(
            "--set fetch.mirror=archives: fetch: is for published benchmarks only; nothing is"
                + " fetched for emoji");
  }

  @Test
  void optionsOfALossThatIsNotKnownAreNotJudged() {
    assertThat(
            folder.problems(
                SMALLEST + "train: {loss: {name: hybird, eps: 0.1, temperature: 3, epps: 1}}\n"))
        .containsExactly(
            "mine.yaml:4:22: train.loss.name: is the text 'hybird'; allowed: "
                + Arrays.stream(LossName.values()).map(LossName::key).collect(joining(", "))
                + ", hybrid_256, hybrid_224; did you mean 'hybrid'?",
            "mine.yaml:4:56: train.loss.epps: is no key; allowed: "
                + LOSS_KEYS
                + "; did you mean 'eps'?");
  }

  @Test
  void aListIsNoExperiment() {
    assertThat(folder.problems("- name: mine\n"))
        .containsExactly("mine.yaml:1:1: is a list; allowed: a section with the keys " + TOP);
  }

  @Test
  void aFileThatIsNotThereIsNamedWithItsNearestNeighbour() {
    folder.file(SMALLEST);

    assertThat(folder.problems(temporary.resolve("mien.yaml")))
        .containsExactly("mien.yaml: does not exist; did you mean 'mine.yaml'?");
    assertThat(folder.problems(temporary.resolve("nowhere/other.yaml")))
        .containsExactly("nowhere/other.yaml: does not exist");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("directory"));

    assertThat(folder.problems(directory))
        .containsExactly("directory: cannot be read: it is a directory");
  }

  @Test
  void bytesThatAreNotTextAreFound() throws IOException {
    Path file = temporary.resolve("mine.yaml");
    Files.write(
        file,
        new byte[] {'n', 'a', 'm', 'e', ':', '\n', ' ', (byte) 0xc3, (byte) 0xa9, (byte) 0xff});

    assertThat(folder.problems(file))
        .containsExactly("mine.yaml:2:3: has bytes that are not UTF-8 text");
  }

  @Test
  void moreProblemsThanAnyoneReadsAreCounted() {
    StringBuilder text = new StringBuilder(SMALLEST);
    for (int i = 0; i < 250; i++) {
      text.append("unknown_key_").append(i).append(": 1\n");
    }

    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> folder.read(text.toString())))
        .message()
        .startsWith("The settings cannot be used, 250 problems:\n")
        .endsWith("\n  and 150 more")
        .hasLineCount(102);
  }
}
