package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;
import org.contexture.report.GalleryNeighbour.Verdict;

/** Queries and what was retrieved for them, as pictures. The random ones come first. */
final class GallerySection {
  /** A longer group is closed at first. */
  private static final int MOST_OPEN = 20;

  private GallerySection() {}

  static Element of(Report report) {
    Element section = Section.GALLERY.start();
    Gallery gallery = report.gallery();
    if (gallery.isEmpty()) {
      return section.add(Section.missing("There are no queries to show."));
    }
    return section.add(
        key(),
        GalleryFilter.form(),
        group(
            "random",
            "Random queries",
            "drawn by a seed, so neither flattering nor unkind",
            gallery.random()),
        group("best", "Best queries", "highest AP@R", gallery.best()),
        group("worst", "Worst queries", "lowest AP@R", gallery.worst()),
        group(
            "classes",
            "Queries by class",
            "one of each of %s, drawn by the seed"
                .formatted(Numbers.count(gallery.byClass().size(), "class", "classes")),
            gallery.byClass()));
  }

  /** How to read the pictures. */
  static Element key() {
    return element("p", "note")
        .text("Each query and the images nearest to it, the most similar first. ")
        .add(badge(Verdict.RIGHT))
        .text(" is of the query’s class; ")
        .add(badge(Verdict.WRONG))
        .text(
            " is not, and its own class is named. The number is the cosine similarity. R is how many images there were to find, AP@R the average precision among the first R; later ones are faded, as they do not count.");
  }

  private static Element group(
      String key, String title, String explanation, List<GalleryQuery> queries) {
    Element summary =
        element("summary").add(element("h3").text(title)).add(element("small").text(explanation));
    Element group = element("details", "group").with(GalleryFilter.GROUP, key).add(summary);
    if (queries.isEmpty()) {
      return group.add(Section.missing("None were chosen."));
    }
    if (queries.size() <= MOST_OPEN) {
      group = group.with("open", "");
    }
    Element list = element("ol", "queries");
    for (GalleryQuery query : queries) {
      list = list.add(query(query));
    }
    return group.add(list);
  }

  private static Element query(GalleryQuery query) {
    boolean isWrong =
        query.neighbours().stream()
            .limit(1)
            .anyMatch(neighbour -> neighbour.verdict() == Verdict.WRONG);
    return element("li", "query")
        .with(GalleryFilter.NEAREST, isWrong ? Verdict.WRONG.word() : Verdict.RIGHT.word())
        .add(
            asked(
                query,
                "R\u00a0%s · AP@R\u00a0%s"
                    .formatted(
                        Numbers.count(query.relevant()),
                        Numbers.percent(query.averagePrecisionAtR()))),
            retrieved(query));
  }

  /** The query itself, with a few figures. */
  static Element asked(GalleryQuery query, String figures) {
    return element("div", "asked")
        .add(
            Pictured.element(query.picture(), "Query: " + query.className()),
            element("div")
                .add(
                    element("p", "class").text(query.className()),
                    source(query.source()),
                    element("p", "measure").text(figures)));
  }

  /** What was retrieved for a query. */
  static Node retrieved(GalleryQuery query) {
    if (query.neighbours().isEmpty()) {
      return Section.missing("Nothing was retrieved.");
    }
    Element neighbours =
        element("ol", "neighbours").with("aria-label", "Retrieved for " + query.className());
    for (int rank = 1; rank <= query.neighbours().size(); rank++) {
      GalleryNeighbour neighbour = query.neighbours().get(rank - 1);
      String description = "%s, %s".formatted(neighbour.className(), neighbour.verdict().word());
      neighbours =
          neighbours.add(
              rank > query.relevant()
                  ? neighbour(neighbour, description + ", beyond R").with("data-rank", "beyond")
                  : neighbour(neighbour, description));
    }
    return neighbours;
  }

  private static Element neighbour(GalleryNeighbour neighbour, String description) {
    Element item =
        element("li", neighbour.verdict().word())
            .add(
                Pictured.element(neighbour.picture(), description),
                element("p", "measure")
                    .add(badge(neighbour.verdict()))
                    .text(" " + Numbers.similarity(neighbour.similarity())));
    return neighbour.verdict() == Verdict.WRONG
        ? item.add(element("p", "class").text(neighbour.className()))
        : item;
  }

  /** A path that may be broken after its slashes. */
  static Element source(String path) {
    Element source = element("p", "source");
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      source = source.text(path.substring(from, slash + 1)).add(element("wbr"));
      from = slash + 1;
    }
    return source.text(path.substring(from));
  }

  private static Element badge(Verdict verdict) {
    return element("span", "badge " + verdict.word())
        .with("role", "img")
        .with("aria-label", verdict.word())
        .text(verdict.sign());
  }
}
