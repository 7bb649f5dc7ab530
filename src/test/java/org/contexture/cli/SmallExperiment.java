package org.contexture.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * An experiment that takes seconds: classes of stripes that differ in colour and width, with so
 * much noise that their files are long enough for several shards.
 */
final class SmallExperiment {
  static final int CLASSES = 12;
  static final int IMAGES_PER_CLASS = 5;
  static final int IMAGES = CLASSES * IMAGES_PER_CLASS;

  /** Every stage, in order. */
  static final List<String> STAGES =
      List.of(
          "unpack",
          "index",
          "shard",
          "initialise",
          "pretrain",
          "train",
          "embed-untrained",
          "neighbours-untrained",
          "measure-untrained",
          "statistics-untrained",
          "embed-pretrained",
          "neighbours-pretrained",
          "measure-pretrained",
          "statistics-pretrained",
          "embed-trained",
          "neighbours-trained",
          "measure-trained",
          "statistics-trained",
          "map");

  private static final int SIDE = 128;
  private static final int NOISE = 64;

  private final Path directory;

  private SmallExperiment(Path directory) {
    this.directory = directory;
  }

  /** Writes the pictures and the experiment file into a directory. */
  static SmallExperiment in(Path directory) throws IOException {
    SmallExperiment experiment = new SmallExperiment(directory);
    for (int label = 0; label < CLASSES; label++) {
      Path folder = experiment.pictures().resolve("class-%02d".formatted(label));
      Files.createDirectories(folder);
      for (int image = 0; image < IMAGES_PER_CLASS; image++) {
        ImageIO.write(stripes(label, image), "png", folder.resolve(image + ".png").toFile());
      }
    }
    Files.writeString(
        experiment.file(),
        """
        name: small
        seed: 3
        benchmark: {name: image-folder, path: %s, validation_share: 0.34, test_share: 0.5}
        images: {size: 32, shard_megabytes: 1}
        model: {embedding_size: 16}
        pretrain:
          loss: {name: multi_similarity}
          epochs: 3
          classes_per_batch: 2
        train:
          loss: {name: hybrid}
          epochs: 2
          classes_per_batch: 2
        control: false
        evaluate: {recall_at: [1, 2], cut_offs: [5]}
        """
            .formatted(experiment.pictures()));
    return experiment;
  }

  private static BufferedImage stripes(int label, int image) {
    SplittableRandom random = new SplittableRandom(100L * label + image);
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    int period = 8 + 4 * (label % 4);
    int phase = random.nextInt(period);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean light = (x + phase) % period < period / 2;
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
          int level = (label / 4 == channel ? 150 : 60) + (light ? 40 : 0);
          colour = colour << 8 | level + random.nextInt(NOISE);
        }
        picture.setRGB(x, y, colour);
      }
    }
    return picture;
  }

  /** The folder that holds a folder for each class. */
  Path pictures() {
    return directory.resolve("pictures");
  }

  /** The experiment file. */
  Path file() {
    return directory.resolve("small.yaml");
  }

  /** The words of {@code run} on this experiment, with a store of its own. */
  String[] run(Path store, String... more) {
    return words(
        "run",
        store.toString(),
        List.of("--reports", store + "-reports", "--models", store + "-models"),
        more);
  }

  /**
   * The words of {@code run} on this experiment, with a store that may be an address.
   *
   * @param results where reports and models go
   */
  String[] run(String store, Path results, String... more) {
    return words(
        "run",
        store,
        List.of(
            "--reports",
            results.resolve("reports").toString(),
            "--models",
            results.resolve("models").toString()),
        more);
  }

  /** The words of {@code plan} on this experiment. */
  String[] plan(Path store, String... more) {
    return words("plan", store.toString(), List.of(), more);
  }

  private String[] words(String verb, String store, List<String> options, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, file().toString(), "--store", store));
    words.addAll(options);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }
}
