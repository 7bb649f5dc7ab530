package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * Which images, and how they are split.
 *
 * @param name the benchmark
 * @param path the folder of an image-folder benchmark, else empty
 * @param validationShare share of the training classes that is held out to choose the best model
 * @param testShare share of the classes that an image-folder benchmark tests with, else empty:
 *     other benchmarks define it
 */
public record BenchmarkSettings(
    Name name, Optional<Path> path, double validationShare, OptionalDouble testShare) {

  /** The benchmarks there are. */
  public enum Name {
    /** Emoji as several projects draw them; comes with Contexture. */
    EMOJI("emoji"),
    /** A folder of the user's, with a folder of images per class. */
    IMAGE_FOLDER("image-folder");

    private final String key;

    Name(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private static final Key<Name> NAME =
      Key.choice(
          "name",
          List.of(Name.values()),
          Name::key,
          "The benchmark: emoji comes with Contexture; image-folder is a folder of your own images"
              + " with one folder per class.");
  private static final Key<Double> VALIDATION_SHARE =
      Key.number(
              "validation_share",
              Range.of(0, 0.9),
              "Share of the training classes held out to choose the best epoch, by the seed. At 0"
                  + " the last epoch is taken.")
          .or(0.12);
  private static final Key<Path> PATH =
      Key.path("path", "The folder of images, relative to the working directory.");
  private static final Key<Double> TEST_SHARE =
      Key.number(
              "test_share",
              Range.of(0, 1).aboveMinimum().belowMaximum(),
              "Share of the classes kept for testing, by the seed.")
          .or(0.5);

  static final Section<BenchmarkSettings> SECTION =
      Section.of(NAME, VALIDATION_SHARE)
          .when(NAME, Name.IMAGE_FOLDER, PATH, TEST_SHARE)
          .as(
              values ->
                  new BenchmarkSettings(
                      values.of(NAME),
                      values.when(PATH),
                      values.of(VALIDATION_SHARE),
                      values
                          .when(TEST_SHARE)
                          .map(OptionalDouble::of)
                          .orElse(OptionalDouble.empty())));
}
