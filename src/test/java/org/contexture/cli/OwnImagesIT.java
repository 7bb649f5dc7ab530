package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/your-own-images.md, run as they stand there. */
@Timeout(600)
class OwnImagesIT {
  private static final Path GUIDE = Path.of("docs", "your-own-images.md");
  private static final String LAUNCHER = "./contexture ";

  @TempDir Path directory;

  @Test
  void everyCommandDoesWhatTheGuideSays() throws Exception {
    Files.move(SmallExperiment.in(directory).pictures(), directory.resolve("photos"));
    Files.writeString(directory.resolve("photos.yaml"), blocks("yaml").get(0));
    List<String> commands =
        blocks("sh").stream()
            .flatMap(String::lines)
            .peek(line -> assertThat(line).startsWith(LAUNCHER))
            .toList();
    assertThat(commands).hasSize(6);

    List<String> outputs = Stream.of(0, 1, 2, 3, 4, 5).map(i -> output(commands.get(i))).toList();

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

  private static List<String> blocks(String language) throws IOException {
    Matcher blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE));
    return blocks.results().map(block -> block.group(1)).toList();
  }

  private String output(String command) {
    String[] words = command.substring(LAUNCHER.length()).split(" ", -1);
    try (Child child = Child.startIn(directory, directory.resolve("output"), words)) {
      assertThat(child.waitFor()).as("%s: %s", command, child.output()).isZero();
      return child.output();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(command, failed);
    }
  }
}
