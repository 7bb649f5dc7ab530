package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands for one's own images, as they stand in docs/your-own-images.md and README.md, but
 * for settings that make them small and need no weights.
 */
@Timeout(600)
class OwnImagesIT {
  private static final Path GUIDE = Path.of("docs", "your-own-images.md");
  private static final Path README = Path.of("README.md");
  private static final String SHIPPED = "pipelines/your-images.yaml";
  private static final String LAUNCHER = "./contexture ";
  private static final String EXPERIMENT = "photos.yaml";
  private static final List<String> SMALL =
      List.of(
          "model.weights=none",
          "model.embedding_size=16",
          "benchmark.validation_share=0.34",
          "images.size=32",
          "images.stored_size=36",
          "images.test_size=36",
          "pretrain.epochs=3",
          "pretrain.classes_per_batch=2",
          "train.epochs=2",
          "train.classes_per_batch=2");

  @TempDir Path directory;

  @BeforeEach
  void takePictures() throws IOException {
    Files.move(SmallExperiment.in(directory).pictures(), directory.resolve("photos"));
    Files.createDirectory(directory.resolve("pipelines"));
    Files.copy(Path.of(SHIPPED), directory.resolve(SHIPPED));
  }

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Files.writeString(directory.resolve(EXPERIMENT), blocks(GUIDE, "yaml").get(0));
    List<String> commands = blocks(GUIDE, "sh").stream().flatMap(String::lines).toList();
    assertThat(commands).hasSize(6);
    assertThat(output(commands.get(0))).contains("15 of 15 stages to run.");

    List<String> outputs = commands.stream().map(OwnImagesIT::small).map(this::output).toList();

    assertThat(outputs.get(0)).contains("19 of 19 stages to run.");
    assertThat(outputs.get(1)).contains("Report: reports/photos.html");
    assertThat(outputs.get(2)).containsPattern("pretrain +reused").containsPattern("train +made");
    assertThat(outputs.get(3)).contains("Comparison: reports/");
    assertThat(outputs.get(5)).contains("photos/class-03/1.png");
    assertThat(Stream.of("reports/photos.html", "models/photos.safetensors", "photos.npz"))
        .allSatisfy(file -> assertThat(directory.resolve(file)).isNotEmptyFile());
    for (String label : List.of("pretrain", "train")) {
      assertThat(directory.resolve("reports/photos").resolve(label + ".steps.csv")).exists();
      assertThat(directory.resolve("reports/photos").resolve(label + ".epochs.csv")).exists();
    }
  }

  @Test
  void theShippedExperimentTakesAFolderAListAndAnArchive() throws Exception {
    List<String> commands =
        blocks(README, "sh").stream()
            .flatMap(block -> block.replace("\\\n", "").lines())
            .filter(line -> line.contains(SHIPPED))
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    assertThat(commands).hasSize(2);

    writeArchive();
    assertThat(indexed(commands.get(0).replace("path=photos", "path=photos.zip"))).isTrue();
    assertThat(indexed(commands.get(0))).isTrue();
    writeList();
    assertThat(indexed(commands.get(1))).isTrue();
  }

  private boolean indexed(String command) {
    return Pattern.compile("index +made %d records in".formatted(SmallExperiment.IMAGES))
        .matcher(output(small(command) + " --until shard"))
        .find();
  }

  /** The command with the settings above after each experiment file. */
  private static String small(String command) {
    String more = " --set " + String.join(" --set ", SMALL);
    return command.replace(EXPERIMENT, EXPERIMENT + more).replace(SHIPPED, SHIPPED + more);
  }

  private void writeList() throws IOException {
    StringBuilder list = new StringBuilder("path,label\n");
    for (Path picture : pictures()) {
      list.append(picture).append(',').append(picture.getParent()).append('\n');
    }
    Files.writeString(directory.resolve("photos/photos.csv"), list);
  }

  private void writeArchive() throws IOException {
    try (ZipOutputStream archive =
        new ZipOutputStream(Files.newOutputStream(directory.resolve("photos.zip")))) {
      for (Path picture : pictures()) {
        archive.putNextEntry(new ZipEntry(picture.toString()));
        Files.copy(directory.resolve("photos").resolve(picture), archive);
      }
    }
  }

  private List<Path> pictures() throws IOException {
    Path photos = directory.resolve("photos");
    try (Stream<Path> files = Files.walk(photos)) {
      return files
          .filter(file -> file.toString().endsWith(".png"))
          .map(photos::relativize)
          .sorted()
          .toList();
    }
  }

  private static List<String> blocks(Path document, String language) throws IOException {
    Matcher blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(document));
    return blocks.results().map(block -> block.group(1)).toList();
  }

  private String output(String command) {
    assertThat(command).startsWith(LAUNCHER);
    String[] words = command.substring(LAUNCHER.length()).split(" ", -1);
    try (Child child = Child.startIn(directory, directory.resolve("output"), words)) {
      assertThat(child.waitFor()).as("%s: %s", command, child.output()).isZero();
      return child.output();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(command, failed);
    }
  }
}
