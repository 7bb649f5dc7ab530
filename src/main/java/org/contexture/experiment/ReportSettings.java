package org.contexture.experiment;

import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;

/**
 * What the report shows.
 *
 * @param queries how many of the best and of the worst queries
 * @param classes of how many classes a query is shown
 * @param neighbours how many of each query's nearest neighbours
 */
public record ReportSettings(int queries, int classes, int neighbours) {
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
      Key.whole("neighbours", 1, 100, "How many nearest neighbours are shown for each query.")
          .or(8);

  static final Section<ReportSettings> SECTION =
      Section.of(QUERIES, CLASSES, NEIGHBOURS)
          .as(
              values ->
                  new ReportSettings(
                      values.of(QUERIES), values.of(CLASSES), values.of(NEIGHBOURS)));
}
