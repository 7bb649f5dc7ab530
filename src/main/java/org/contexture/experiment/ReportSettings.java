package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;

/**
 * What the report shows.
 *
 * @param queries how many of the best and of the worst queries
 * @param classes of how many classes a query is shown
 * @param neighbours how many of each query's nearest neighbours
 */
public record ReportSettings(int queries, int classes, int neighbours) {
  /** More would be a page of over 100 MiB, as a picture takes up to 16 KiB. */
  private static final int MOST_PICTURES = 5000;

  private static final Key<Integer> QUERIES =
      Key.whole("queries", 1, 100, "How many of the best and of the worst queries are shown.")
          .or(12);
  private static final Key<Integer> CLASSES =
      Key.whole(
              "classes",
              0,
              1000,
              "Of how many classes a query is shown, to look classes up; the classes are drawn by the"
                  + " seed where there are more.")
          .or(60);
  private static final Key<Integer> NEIGHBOURS =
      Key.whole(
              "neighbours",
              1,
              100,
              "How many nearest neighbours are shown for each query. The page may show up to "
                  + MOST_PICTURES
                  + " pictures in all: (3 x queries + classes) x (1 + neighbours).")
          .or(8);

  static final Section<ReportSettings> SECTION =
      Section.of(QUERIES, CLASSES, NEIGHBOURS)
          .rule(List.of(QUERIES, CLASSES, NEIGHBOURS), ReportSettings::tooManyPictures)
          .as(ReportSettings::of);

  private static ReportSettings of(Values values) {
    return new ReportSettings(values.of(QUERIES), values.of(CLASSES), values.of(NEIGHBOURS));
  }

  private static Optional<String> tooManyPictures(Values values) {
    int pictures = of(values).pictures();
    return pictures <= MOST_PICTURES
        ? Optional.empty()
        : Optional.of(
            "makes a page of %d pictures, (3 x queries + classes) x (1 + neighbours);"
                    .formatted(pictures)
                + " allowed: up to %d pictures, by fewer queries, classes or neighbours"
                    .formatted(MOST_PICTURES));
  }

  /**
   * How many pictures of queries, by chance, best, worst and by class, and neighbours there are.
   */
  private int pictures() {
    return (3 * queries + classes) * (1 + neighbours);
  }
}
