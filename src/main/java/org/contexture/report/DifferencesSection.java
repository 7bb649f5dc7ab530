package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** By how much each two experiments differ in Recall@1, and how sure that is. */
final class DifferencesSection {
  private DifferencesSection() {}

  static Element of(List<RecallDifference> differences) {
    Element section = Section.DIFFERENCES.start();
    if (differences.isEmpty()) {
      return section.add(Section.missing("No two experiments were compared."));
    }
    section =
        section.add(
            Section.scrolling(
                "Differences of Recall@1 of each two experiments", table(differences)));
    if (differences.stream().anyMatch(difference -> difference.pairs().isPresent())) {
      section =
          section.add(
              element("p", "note")
                  .text(
                      "Points of Recall@1, the first of a row less the second, with the 95 % interval of 1,000 samples of the queries, each drawn for both at once. p is how often equally good networks would differ as much or more: McNemar’s exact test, on the queries that only one of them has right. Queries with nothing to find are left out."
                          + (isCorrected(differences)
                              ? " p, corrected, is raised by Holm’s method, so that of all pairs here none is called different by chance more often than it says."
                              : "")));
    }
    if (differences.stream().anyMatch(difference -> difference.pairs().isEmpty())) {
      section =
          section.add(
              element("p", "note")
                  .text(
                      "Where two experiments were tested on other images, their queries cannot be paired: the interval is that of two independent shares, and a difference may be owed to the images."));
    }
    return section;
  }

  /** Whether several tests were made, so that one of them may be passed by chance. */
  private static boolean isCorrected(List<RecallDifference> differences) {
    return differences.stream().filter(difference -> difference.pairs().isPresent()).count() > 1;
  }

  private static Element table(List<RecallDifference> differences) {
    boolean corrected = isCorrected(differences);
    Element head = element("tr").add(element("th").with("scope", "col").text("Pair"));
    for (Column column : Column.values()) {
      if (corrected || column != Column.CORRECTED) {
        head = head.add(element("th", "n").with("scope", "col").text(column.title));
      }
    }
    Element body = element("tbody");
    for (RecallDifference difference : differences) {
      Element row =
          element("tr")
              .add(
                  element("th")
                      .with("scope", "row")
                      .text("%s − %s".formatted(difference.first(), difference.second()))
                      .add(element("small").text(measuredOn(difference))));
      for (Column column : Column.values()) {
        if (corrected || column != Column.CORRECTED) {
          row =
              row.add(
                  element("td", "n")
                      .with("data-label", column.title)
                      .text(column.text(difference)));
        }
      }
      body = body.add(row);
    }
    return element("table", "models pairs cards").add(element("thead").add(head), body);
  }

  private static String measuredOn(RecallDifference difference) {
    return difference
        .pairs()
        .map(
            pairs ->
                "the same "
                    + Numbers.count(
                        pairs.both() + pairs.onlyFirst() + pairs.onlySecond() + pairs.neither(),
                        "query",
                        "queries"))
        .orElse("other test images: not paired");
  }

  /** What is said of a pair. */
  private enum Column {
    DIFFERENCE("Difference"),
    INTERVAL("95 % interval"),
    PROBABILITY("p"),
    CORRECTED("p, corrected"),
    BOTH("Both right"),
    ONLY_FIRST("First only"),
    ONLY_SECOND("Second only"),
    NEITHER("None");

    private final String title;

    Column(String title) {
      this.title = title;
    }

    private String text(RecallDifference difference) {
      if (this == DIFFERENCE) {
        return Numbers.change(difference.value());
      }
      if (this == INTERVAL) {
        return "%s to %s"
            .formatted(Numbers.change(difference.low()), Numbers.change(difference.high()));
      }
      return difference.pairs().map(this::text).orElse(Numbers.NONE);
    }

    private String text(RecallDifference.Pairs pairs) {
      return switch (this) {
        case DIFFERENCE, INTERVAL -> Numbers.NONE;
        case PROBABILITY -> Numbers.probability(pairs.probability());
        case CORRECTED -> Numbers.probability(pairs.corrected());
        case BOTH -> Numbers.count(pairs.both());
        case ONLY_FIRST -> Numbers.count(pairs.onlyFirst());
        case ONLY_SECOND -> Numbers.count(pairs.onlySecond());
        case NEITHER -> Numbers.count(pairs.neither());
      };
    }
  }
}
