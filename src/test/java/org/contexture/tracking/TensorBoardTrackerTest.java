package org.contexture.tracking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTrackerTest {
  private static final String RUN = "sample/train-01234567/";
  private static final long SECONDS = SampleHistory.STARTED.getEpochSecond();

  @TempDir Path directory;

  @Test
  void theTestKnowsTheChecksum() {
    assertThat(ParsedEvents.castagnoli("123456789".getBytes(US_ASCII))).isEqualTo(0xe3069283);
  }

  @Test
  void theFirstEventNamesTheFormatAndTheOthersHaveTheScalars() throws IOException {
    new TensorBoardTracker(directory).track(SampleHistory.of(2));

    List<ParsedEvents.Event> events = ParsedEvents.of(directory.resolve(RUN + name(SECONDS)));
    assertThat(events).hasSize(1 + 4 + 2);
    assertThat(events.get(0).fileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).values()).isEmpty();
    assertThat(events.stream().skip(1).map(ParsedEvents.Event::step))
        .containsExactly(1L, 2L, 2L, 3L, 4L, 4L);
    assertThat(events.stream().map(ParsedEvents.Event::wallTime))
        .containsExactly(
            SECONDS + 0.0,
            SECONDS + 0.5,
            SECONDS + 1.0,
            SECONDS + 1.0,
            SECONDS + 1.5,
            SECONDS + 2.0,
            SECONDS + 2.0);
    assertThat(events.get(2).values())
        .containsOnlyKeys(
            "step/loss",
            "step/gradient_norm",
            "step/images_per_second",
            "step/utilisation",
            "step/terms/contextual",
            "step/terms/regulariser",
            "step/learning_rates/backbone",
            "step/learning_rates/head")
        .containsEntry("step/loss", 2.25f)
        .containsEntry("step/utilisation", 0.75f)
        .containsEntry("step/terms/regulariser", -2f)
        .containsEntry("step/learning_rates/head", 2e-5f);
    assertThat(events.get(3).values()).doesNotContainKey("epoch/selection_recall_at_1");
    assertThat(events.get(6).values())
        .containsEntry("epoch/selection_recall_at_1", 0.5f)
        .containsEntry("epoch/loss", 2.0625f);
  }

  @Test
  void numbersOfManyDigitsAreRead() throws IOException {
    new TensorBoardTracker(directory).track(SampleHistory.of(100));

    List<ParsedEvents.Event> events = ParsedEvents.of(directory.resolve(RUN + name(SECONDS)));
    assertThat(events.get(events.size() - 1).step()).isEqualTo(200);
  }

  @Test
  void aTrainingThatWasMadeAgainTakesThePlaceOfTheEarlierOne() throws IOException {
    TensorBoardTracker tracker = new TensorBoardTracker(directory);
    tracker.track(SampleHistory.of(3));
    byte[] first = Files.readAllBytes(directory.resolve(RUN + name(SECONDS)));
    tracker.track(SampleHistory.of(3));
    assertThat(files()).containsExactly(name(SECONDS));
    assertThat(directory.resolve(RUN + name(SECONDS))).hasBinaryContent(first);

    Path foreign = Files.writeString(directory.resolve(RUN + "events.out.tfevents.1.host"), "");
    Instant later = SampleHistory.STARTED.plusSeconds(100);
    tracker.track(SampleHistory.of(1, later, new TreeMap<>()));

    assertThat(files())
        .containsExactlyInAnyOrder(name(SECONDS + 100), foreign.getFileName().toString());
  }

  @Test
  void whatWasMeasuredOnTheTestImagesIsAtTheStepOfTheKeptWeights() throws IOException {
    TensorBoardTracker tracker = new TensorBoardTracker(directory);
    tracker.track(SampleHistory.of(3));
    tracker.track(SampleHistory.figures(TestFigures.Ranking.PLAIN, "ab"));
    tracker.track(SampleHistory.figures(TestFigures.Ranking.RERANKED, "cd"));
    tracker.track(SampleHistory.of(3));

    assertThat(files())
        .containsExactlyInAnyOrder(
            name(SECONDS), name(SECONDS + 100) + "-test", name(SECONDS + 100) + "-test_reranked");
    List<ParsedEvents.Event> events =
        ParsedEvents.of(directory.resolve(RUN + name(SECONDS + 100) + "-test"));
    assertThat(events).hasSize(2);
    assertThat(events.get(1).step()).isEqualTo(4);
    assertThat(events.get(1).values())
        .containsOnly(Map.entry("test/recall@1", 0.5f), Map.entry("test/map@r", 0.25f));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(RUN))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String name(long seconds) {
    return "events.out.tfevents." + seconds + ".contexture";
  }
}
