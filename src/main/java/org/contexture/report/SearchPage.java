package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** Turns what was found for pictures into one HTML file that needs nothing else. */
public final class SearchPage {
  private SearchPage() {}

  /**
   * The page as text, to be written in UTF-8.
   *
   * @param leftOut pictures that could not be searched for, each with the reason
   */
  public static String html(SearchPlace place, List<SearchedQuery> queries, List<String> leftOut) {
    Element headline =
        element("section", "headline")
            .with("id", "result")
            .with("aria-labelledby", "headline")
            .add(
                element("h1")
                    .with("id", "headline")
                    .text(
                        "The images nearest to "
                            + Numbers.count(queries.size(), "picture", "pictures")),
                place.sentence());
    for (String reason : leftOut) {
      headline = headline.add(element("p", "doubt").text("Left out: " + reason));
    }
    return new Page("a search", List.of(), List.of(headline, SearchSection.of(queries))).html();
  }
}
