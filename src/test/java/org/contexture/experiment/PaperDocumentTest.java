package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The table of all published runs says what their files say. With {@code -Dcontexture.write=true}
 * it is written anew first.
 */
class PaperDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/paper.md");
  private static final Path PIPELINES = Path.of("pipelines");
  private static final String MARKER = "<!-- Written by PaperDocumentTest from here on. -->\n";

  /** ResNet-50 at 224 pixels in bfloat16 on two cores; the table of figures in README.md has it. */
  private static final double CPU_TRAINED = 8.3;

  private static final double CPU_EMBEDDED = 33.6;

  /** What the document assumes of a GPU. */
  private static final double GPU_TRAINED = 400;

  private static final double GPU_EMBEDDED = 1_600;

  @Test
  void theTableIsThatOfTheFiles() throws IOException {
    String written = Files.readString(DOCUMENT);
    assertThat(written).contains(MARKER);
    String fresh =
        written.substring(0, written.indexOf(MARKER)) + MARKER + "\n" + table(runs(PIPELINES));
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(DOCUMENT, fresh);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("write it anew with mvn test -Dtest=PaperDocumentTest -Dcontexture.write=true")
        .isEqualTo(fresh);
  }

  private static List<Path> runs(Path folder) {
    return ExperimentFiles.in(folder).stream()
        .filter(ExperimentFile::isWhole)
        .filter(file -> settings(file).published().track() != PublishedSettings.Track.NONE)
        .toList();
  }

  private static String table(List<Path> files) {
    StringBuilder table =
        new StringBuilder(
            """
            | `./contexture run pipelines/…` | published R@1 | images, thousands | two cores | a GPU, assumed |
            |---|--:|--:|--:|--:|
            """);
    for (Path file : files) {
      ExperimentSettings settings = settings(file);
      RunCost cost = RunCost.of(settings).orElseThrow();
      table.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %,d | %s | %s |%n",
              PIPELINES.relativize(file),
              recall(settings.published()),
              cost.trained() / 1_000,
              hours(cost.on(CPU_TRAINED, CPU_EMBEDDED)),
              hours(cost.on(GPU_TRAINED, GPU_EMBEDDED))));
    }
    return table.toString();
  }

  private static ExperimentSettings settings(Path file) {
    return ExperimentFile.read(file, List.of()).settings();
  }

  private static String recall(PublishedSettings published) {
    return published
        .recallAt1()
        .map(recall -> (published.readOffPlot() ? "~" : "") + recall)
        .orElse("–");
  }

  private static String hours(Duration time) {
    double hours = time.toSeconds() / 3_600.0;
    return String.format(Locale.ROOT, hours < 10 ? "%.1f h" : "%,.0f h", hours);
  }
}
