package org.contexture.report;

import static java.util.stream.Collectors.joining;
import static org.contexture.report.Html.element;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Turns a {@link ToyReport} into one HTML file that needs nothing else. */
public final class ToyPage {
  private static final List<Section> SECTIONS =
      List.of(
          Section.POINTS, Section.MEASURES, Section.COURSE, Section.LINEAGE, Section.REPRODUCTION);

  private static final List<String> MEASURES =
      List.of("R@1", "mAP@R", "Mislabelled, nearest to their own", "… to the wrong class");

  /** As many of the measures are over all points; the others are over those with a wrong label. */
  private static final int OF_ALL_POINTS = 2;

  private ToyPage() {}

  /** The page as text, to be written in UTF-8. */
  public static String html(ToyReport report) {
    return new Page(
            report.experiment(),
            SECTIONS,
            List.of(
                headline(report),
                points(report),
                measures(report),
                ToyCourseSection.of(report),
                LineageSection.of(report.stages()),
                ReproductionSection.of(report.reproduction())))
        .html();
  }

  private static Element headline(ToyReport report) {
    return element("section", "headline")
        .with("id", "result")
        .with("aria-labelledby", "headline")
        .add(element("h1").with("id", "headline").text(sentence(report)))
        .add(
            element("p", "standfirst")
                .text(
                    "%s on a circle, %s of them with a wrong label, are moved by nothing but a loss that is told the labels. There is no network, and nothing is generalised to: it shows what a loss asks for."
                        .formatted(
                            Numbers.count(report.start().size(), "point", "points"),
                            report.mislabelled() == 0
                                ? "none"
                                : Numbers.count(report.mislabelled()))));
  }

  private static String sentence(ToyReport report) {
    return report.mislabelled() == 0
        ? "By the true classes, mAP@R ends at %s."
            .formatted(ends(report, ToyMoment::meanAveragePrecisionAtR))
        : "Of the wrongly labelled points, these end nearest to one of their true class: %s."
            .formatted(ends(report, ToyMoment::stayed));
  }

  private static String ends(ToyReport report, ToDoubleFunction<ToyMoment> value) {
    return report.courses().stream()
        .map(
            course ->
                "%s under the loss %s"
                    .formatted(Numbers.percent(value.applyAsDouble(course.last())), course.loss()))
        .collect(joining(", "));
  }

  private static Element points(ToyReport report) {
    Element charts =
        element("div", "charts").add(new CircleChart("circle-0", "Start", report.start()).render());
    for (int index = 0; index < report.courses().size(); index++) {
      ToyCourse course = report.courses().get(index);
      charts =
          charts.add(
              new CircleChart(
                      "circle-" + (index + 1),
                      "%s, step %d".formatted(course.loss(), course.last().step()),
                      course.end())
                  .render());
    }
    return Section.POINTS
        .start()
        .add(
            element("p", "note")
                .text("A point has the colour of its true class; ")
                .text(
                    report.mislabelled() == 0
                        ? "none has a wrong label."
                        : "a ring around it has the colour of the class that it is wrongly said to be.")
                .text(" Points at the same place are stacked towards the middle."),
            charts);
  }

  private static Element measures(ToyReport report) {
    Element head = element("tr").add(element("th").with("scope", "col").text("Points"));
    int measured = report.mislabelled() == 0 ? OF_ALL_POINTS : MEASURES.size();
    for (String title : MEASURES.subList(0, measured)) {
      head = head.add(element("th", "n").with("scope", "col").text(title));
    }
    Element body =
        element("tbody")
            .add(row("at the start", report.courses().get(0).moments().get(0), measured));
    for (ToyCourse course : report.courses()) {
      body = body.add(row(course.loss(), course.last(), measured));
    }
    return Section.MEASURES
        .start()
        .add(
            Section.scrolling(
                "Measures of every loss",
                element("table", "models cards").add(element("thead").add(head), body)),
            element("p", "note")
                .text(
                    "Percent, by the true classes, each point searched among all others; of points at the same similarity the one with the lower number is nearer."));
  }

  private static Element row(String name, ToyMoment moment, int measured) {
    Element row = element("tr").add(element("th").with("scope", "row").text(name));
    for (int index = 0; index < measured; index++) {
      row =
          row.add(
              element("td", "n")
                  .with("data-label", MEASURES.get(index))
                  .text(Numbers.tenths(moment.measures().get(index))));
    }
    return row;
  }
}
