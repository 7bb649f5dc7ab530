package org.contexture.experiment;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * Which images, and how they are split.
 *
 * @param name the benchmark
 * @param path the folder or the list of one's own images, else empty
 * @param validationShare share of the training classes that is held out to choose the best model
 * @param testShare share of the classes that one's own images are tested with, else empty: other
 *     benchmarks define it
 * @param counts whether a published benchmark has to be whole
 * @param splitLists a folder of lists that split a published benchmark in place of its own rule
 */
public record BenchmarkSettings(
    Name name,
    Optional<Path> path,
    double validationShare,
    OptionalDouble testShare,
    Counts counts,
    Optional<Path> splitLists) {

  /** The benchmarks there are. */
  public enum Name {
    /** Emoji as several projects draw them; comes with Contexture. */
    EMOJI("emoji"),
    /** A folder of the user's, with a folder of images per class. */
    IMAGE_FOLDER("image-folder"),
    /** Images of the user's that a list names. */
    IMAGE_LIST("image-list"),
    /** CUB-200-2011. */
    CUB200("cub200"),
    /** Cars-196. */
    CARS196("cars196"),
    /** Stanford Online Products. */
    SOP("sop"),
    /** In-Shop Clothes Retrieval. */
    INSHOP("inshop"),
    /** iNaturalist 2021, mini. */
    INATURALIST("inaturalist");

    /** Whose files have to be fetched. */
    static final Set<Name> PUBLISHED = EnumSet.range(CUB200, INATURALIST);

    private final String key;

    Name(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    /** Whether its test images can be queries and a gallery apart. */
    boolean canHaveQueriesApart() {
      return this == INSHOP || this == IMAGE_LIST;
    }

    /** The K that Recall@K is published for, as in the paper's tables. */
    List<Integer> recallAt() {
      return switch (this) {
        case SOP -> List.of(1, 10, 100);
        case INSHOP -> List.of(1, 10, 20, 30, 40, 50);
        case INATURALIST -> List.of(1, 4, 16, 32);
        case EMOJI, IMAGE_FOLDER, IMAGE_LIST, CUB200, CARS196 -> List.of(1, 2, 4, 8);
      };
    }
  }

  private static final Key<Name> NAME =
      Key.choice(
          "name",
          List.of(Name.values()),
          Name::key,
          "The benchmark: emoji comes with Contexture; image-folder is a folder of your own images"
              + " with one folder per class, image-list a list of them in the folder that holds them"
              + " (.csv with the columns path, label and perhaps super_label, split, is_query,"
              + " is_gallery; or .txt in the format of Stanford Online Products); the others are CUB-200-2011, Cars-196, Stanford Online"
              + " Products, In-Shop and iNaturalist 2021 mini, fetched from where their authors offer them.");
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

  private static final Key<Path> LIST =
      Key.path("path", "The list of images, relative to the working directory.");
  private static final Key<Double> LIST_TEST_SHARE =
      Key.number(
              "test_share",
              Range.of(0, 1).aboveMinimum().belowMaximum(),
              "Share of the classes kept for testing, by the seed, where the list has no splits.")
          .or(0.5);
  private static final Key<Counts> COUNTS =
      Key.choice(
              "expected_counts",
              List.of(Counts.values()),
              counts -> counts.name().toLowerCase(Locale.ROOT),
              "Whether images and classes have to be as many as published; any is for a part of a"
                  + " benchmark.")
          .or(Counts.PUBLISHED);

  private static final Key<Optional<Path>> SPLIT_LISTS =
      Key.pathOrNone(
              "split_lists",
              "A folder of lists in the format of the paper's code, as `contexture splits export`"
                  + " writes them, that split the benchmark in place of its own rule; relative to"
                  + " the working directory.")
          .or(Optional.empty());

  static final Section<BenchmarkSettings> SECTION =
      Section.of(NAME, VALIDATION_SHARE)
          .when(NAME, Name.IMAGE_FOLDER, PATH, TEST_SHARE)
          .when(NAME, Name.IMAGE_LIST, LIST, LIST_TEST_SHARE)
          .when(NAME, Name.CUB200, COUNTS, SPLIT_LISTS)
          .when(NAME, Name.CARS196, COUNTS, SPLIT_LISTS)
          .when(NAME, Name.SOP, COUNTS, SPLIT_LISTS)
          .when(NAME, Name.INSHOP, COUNTS, SPLIT_LISTS)
          .when(NAME, Name.INATURALIST, COUNTS, SPLIT_LISTS)
          .as(
              values ->
                  new BenchmarkSettings(
                      values.of(NAME),
                      values.when(PATH).or(() -> values.when(LIST)),
                      values.of(VALIDATION_SHARE),
                      values
                          .when(TEST_SHARE)
                          .or(() -> values.when(LIST_TEST_SHARE))
                          .map(OptionalDouble::of)
                          .orElse(OptionalDouble.empty()),
                      values.when(COUNTS).orElse(Counts.ANY),
                      values.when(SPLIT_LISTS).flatMap(given -> given)));
}
