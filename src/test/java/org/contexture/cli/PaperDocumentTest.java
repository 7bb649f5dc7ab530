package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.PublishedFiles;
import org.contexture.experiment.PublishedSettings;
import org.contexture.experiment.RunCost;
import org.junit.jupiter.api.Test;

/**
 * The table of all published runs says what their files say. With {@code -Dcontexture.write=true}
 * it is written anew first.
 */
class PaperDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/paper.md");
  private static final Path PIPELINES = Path.of("pipelines");
  private static final String MARKER = "<!-- Written by PaperDocumentTest from here on. -->\n";

  /** ResNet-50 at 224 pixels in bfloat16 on two cores of an EPYC, as the document says. */
  private static final Rates CPU = new Rates(16.4, 78.5);

  /** What the document assumes of a GPU. */
  private static final Rates GPU = new Rates(400, 1_600);

  @Test
  void theTableIsThatOfTheFiles() throws IOException {
    String written = Files.readString(DOCUMENT);
    assertThat(written).contains(MARKER);
    String fresh =
        written.substring(0, written.indexOf(MARKER)) + MARKER + "\n" + table(PublishedFiles.all());
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(DOCUMENT, fresh);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("write it anew with mvn test -Dtest=PaperDocumentTest -Dcontexture.write=true")
        .isEqualTo(fresh);
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
              CPU.hours(cost) + " h",
              GPU.hours(cost) + " h"));
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
}
