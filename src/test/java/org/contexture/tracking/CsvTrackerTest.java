package org.contexture.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTrackerTest {
  @TempDir Path directory;

  @Test
  void aStepIsARowWithItsTermsRatesAndWarnings() throws IOException {
    new CsvTracker(directory).track(SampleHistory.of(2));

    assertThat(Files.readString(directory.resolve("sample").resolve("train.steps.csv")))
        .isEqualTo(
            lines(
                "step,epoch,loss,term.contextual,term.regulariser,learning_rate.backbone,"
                    + "learning_rate.head,gradient_norm,seconds,wait_seconds,utilisation,"
                    + "images_per_second,"
                    + "warnings",
                "1,1,1.25,1.5,-1.0,1.0E-5,2.0E-5,1.75,0.5,0.125,0.75,64.0,",
                "2,1,2.25,2.5,-2.0,1.0E-5,2.0E-5,2.75,0.5,0.125,0.75,64.0,",
                "3,2,3.25,3.5,-3.0,1.0E-5,2.0E-5,3.75,0.5,0.125,0.75,64.0,"
                    + "\"The loss is 0, \"\"exactly\"\". And\nmore.\"",
                "4,2,4.25,4.5,-4.0,1.0E-5,2.0E-5,4.75,0.5,0.125,0.75,64.0,"));
  }

  @Test
  void whatWasNotMeasuredAfterAnEpochIsEmpty() throws IOException {
    new CsvTracker(directory).track(SampleHistory.of(2));

    assertThat(Files.readString(directory.resolve("sample").resolve("train.epochs.csv")))
        .isEqualTo(
            lines(
                "epoch,step,loss,term.contextual,term.regulariser,learning_rate.backbone,"
                    + "learning_rate.head,selection_recall_at_1",
                "1,2,1.0625,1.5,-1.0,3.0E-5,4.0E-5,",
                "2,4,2.0625,2.5,-2.0,3.0E-5,4.0E-5,0.5"));
  }

  @Test
  void whatWasMeasuredOnTheTestImagesIsATableOfItsOwn() throws IOException {
    CsvTracker tracker = new CsvTracker(directory);
    tracker.track(SampleHistory.figures(TestFigures.Ranking.PLAIN, "ab"));
    tracker.track(SampleHistory.figures(TestFigures.Ranking.RERANKED, "cd"));

    assertThat(Files.readString(directory.resolve("sample").resolve("train.test.csv")))
        .isEqualTo(
            lines(
                "metric,value,low,high,queries",
                "recall@1,0.5,0.4,0.6,30",
                "map@r,0.25,0.125,,30"));
    assertThat(directory.resolve("sample").resolve("train.test_reranked.csv")).exists();
  }

  @Test
  void numbersAreTheSameInACountryThatWritesCommas() throws IOException {
    Locale before = Locale.getDefault();
    new CsvTracker(directory.resolve("here")).track(SampleHistory.of(1));
    try {
      Locale.setDefault(Locale.GERMANY);
      new CsvTracker(directory.resolve("there")).track(SampleHistory.of(1));
    } finally {
      Locale.setDefault(before);
    }
    Path table = Path.of("sample", "train.steps.csv");
    assertThat(directory.resolve("there").resolve(table))
        .hasSameTextualContentAs(directory.resolve("here").resolve(table));
  }

  @Test
  void aTableIsReplacedAsAWhole() throws IOException {
    CsvTracker tracker = new CsvTracker(directory);
    tracker.track(SampleHistory.of(3));
    tracker.track(SampleHistory.of(1));

    Path folder = directory.resolve("sample");
    assertThat(Files.readAllLines(folder.resolve("train.epochs.csv"))).hasSize(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("train.steps.csv", "train.epochs.csv");
    }
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("sample"), "a file");

    assertThatThrownBy(() -> new CsvTracker(directory).track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static String lines(String... lines) {
    return String.join("\r\n", List.of(lines)) + "\r\n";
  }
}
