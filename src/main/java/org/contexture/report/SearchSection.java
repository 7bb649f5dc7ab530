package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** What was found for pictures: as pictures, and the same as a table. */
final class SearchSection {
  private static final List<String> HEADINGS = List.of("rank", "similarity", "class", "path");

  private SearchSection() {}

  /** A list of queries. */
  static Element of(List<SearchedQuery> queries) {
    Element list = element("ol", "queries");
    for (SearchedQuery query : queries) {
      list = list.add(query(query));
    }
    return list;
  }

  private static Element query(SearchedQuery query) {
    return element("li", "query")
        .add(
            element("div", "asked")
                .add(
                    Pictured.element(query.picture(), "Query: " + query.name()),
                    element("div").add(name(query.name()))),
            query.found().isEmpty()
                ? Section.missing("The gallery has no image.")
                : element("div").add(pictures(query), table(query)));
  }

  /** What a file is called, and where it is. */
  private static List<Element> name(String path) {
    int slash = path.lastIndexOf('/');
    Element file = element("p", "class").text(path.substring(slash + 1));
    return slash < 0 ? List.of(file) : List.of(file, GallerySection.source(path));
  }

  private static Element pictures(SearchedQuery query) {
    Element list = element("ol", "neighbours").with("aria-label", "Nearest to " + query.name());
    for (SearchedImage image : query.found()) {
      String described = image.className().isEmpty() ? image.path() : image.className();
      list =
          list.add(
              element("li")
                  .with("title", image.path())
                  .add(
                      Pictured.element(image.picture(), described),
                      element("p", "measure").text(Numbers.similarity(image.similarity())),
                      element("p", "class").text(described)));
    }
    return list;
  }

  private static Element table(SearchedQuery query) {
    Element head = element("tr");
    for (String heading : HEADINGS) {
      head = head.add(element("th").with("scope", "col").text(heading));
    }
    Element body = element("tbody");
    for (int rank = 1; rank <= query.found().size(); rank++) {
      SearchedImage image = query.found().get(rank - 1);
      body =
          body.add(
              element("tr")
                  .add(
                      element("td", "n").text(Numbers.count(rank)),
                      element("td", "n").text(Numbers.similarity(image.similarity())),
                      element("td")
                          .text(image.className().isEmpty() ? Numbers.NONE : image.className()),
                      element("td").text(image.path())));
    }
    return element("details")
        .add(
            element("summary").text("As a table, with paths"),
            Section.scrolling(
                "Nearest to " + query.name(),
                element("table").add(element("thead").add(head), body)));
  }
}
