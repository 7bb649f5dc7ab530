package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** Queries that one experiment has right and another has not, with what each retrieves. */
final class DisagreementsSection {
  private DisagreementsSection() {}

  static Element of(List<Disagreements> disagreements) {
    Element section = Section.DISAGREEMENTS.start();
    if (disagreements.isEmpty()) {
      return section.add(
          Section.missing("No other experiment was asked the same queries as the first."));
    }
    section = section.add(GallerySection.key());
    for (Disagreements between : disagreements) {
      section =
          section.add(
              group(between, between.first(), between.second(), between.onlyFirst()),
              group(between, between.second(), between.first(), between.onlySecond()));
    }
    return section;
  }

  private static Element group(
      Disagreements between, String right, String wrong, List<Disagreement> queries) {
    Element group =
        element("details", "group")
            .with("open", "")
            .add(
                element("summary")
                    .add(
                        element("h3").text("Right for %s, not for %s".formatted(right, wrong)),
                        element("small")
                            .text(
                                "by the nearest image; where AP@R differs most, one query a class")));
    if (queries.isEmpty()) {
      return group.add(Section.missing("There is no such query."));
    }
    Element list = element("ol", "queries");
    for (Disagreement query : queries) {
      list = list.add(query(between, query));
    }
    return group.add(list);
  }

  private static Element query(Disagreements between, Disagreement query) {
    return element("li", "query")
        .add(
            GallerySection.asked(
                query.first(), "R\u00a0" + Numbers.count(query.first().relevant())),
            element("div", "answers")
                .add(
                    answer(between.first(), query.first()),
                    answer(between.second(), query.second())));
  }

  private static Element answer(String experiment, GalleryQuery query) {
    return element("div", "answer")
        .add(
            element("p", "measure")
                .add(element("b").text(experiment))
                .text(" · AP@R\u00a0" + Numbers.percent(query.averagePrecisionAtR())),
            GallerySection.retrieved(query));
  }
}
