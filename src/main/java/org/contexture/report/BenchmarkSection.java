package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** What was learned and measured on, and whose images they are. */
final class BenchmarkSection {
  private BenchmarkSection() {}

  static Element of(List<BenchmarkFacts> benchmarks) {
    Element section = Section.BENCHMARK.start();
    for (BenchmarkFacts benchmark : benchmarks) {
      section =
          section.add(
              element("p", "lead")
                  .add(element("b").text(benchmark.name()))
                  .text(
                      ": %s of %s."
                          .formatted(
                              Numbers.count(benchmark.images(), "image", "images"),
                              Numbers.count(benchmark.classes(), "class", "classes"))),
              benchmark.splits().isEmpty()
                  ? Section.missing("Its splits are not known.")
                  : splits(benchmark),
              attribution(benchmark));
    }
    return section;
  }

  private static Element attribution(BenchmarkFacts benchmark) {
    if (benchmark.attribution().isBlank()) {
      return Section.missing("No attribution or licence is recorded for the images.");
    }
    return element("details")
        .add(
            element("summary").text("Attribution and licences of the images"),
            element("p", "verbatim").text(benchmark.attribution().strip()));
  }

  private static Element splits(BenchmarkFacts benchmark) {
    Element head =
        element("tr")
            .add(
                element("th").with("scope", "col").text("Split"),
                element("th", "n").with("scope", "col").text("Classes"),
                element("th", "n").with("scope", "col").text("Images"));
    Element body = element("tbody");
    for (SplitSize split : benchmark.splits()) {
      body =
          body.add(
              element("tr")
                  .add(
                      element("th")
                          .with("scope", "row")
                          .text(split.name())
                          .add(element("small").text(split.purpose())),
                      element("td", "n").text(Numbers.count(split.classes())),
                      element("td", "n").text(Numbers.count(split.images()))));
    }
    Element table = element("table", "splits").add(element("thead").add(head), body);
    return Section.scrolling("Splits of the benchmark", table);
  }
}
