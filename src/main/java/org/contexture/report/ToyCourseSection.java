package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What points were worth while each loss moved them. */
final class ToyCourseSection {

  /** A measure that is drawn over the steps. */
  private record Drawn(
      String id, String title, String heading, ToDoubleFunction<ToyMoment> value) {}

  private ToyCourseSection() {}

  static Element of(ToyReport report) {
    List<Drawn> measures = drawn(report);
    Element charts = element("div", measures.size() == 1 ? "charts single" : "charts");
    for (Drawn measure : measures) {
      charts = charts.add(chart(report, measure));
    }
    return Section.COURSE
        .start()
        .add(
            charts,
            element("details")
                .add(
                    element("summary").text("The numbers, step by step"),
                    Section.scrolling(
                        "Course of every loss, percent", steps(report.courses(), measures))));
  }

  private static List<Drawn> drawn(ToyReport report) {
    Drawn precision =
        new Drawn(
            "precision", "mAP@R by the true classes", "mAP@R", ToyMoment::meanAveragePrecisionAtR);
    return report.mislabelled() == 0
        ? List.of(precision)
        : List.of(
            precision,
            new Drawn(
                "stayed",
                "Mislabelled points nearest to one of their true class",
                "nearest to their own",
                ToyMoment::stayed),
            new Drawn(
                "followed",
                "Mislabelled points nearest to one of the wrong class",
                "to the wrong class",
                ToyMoment::followed));
  }

  private static Element steps(List<ToyCourse> courses, List<Drawn> measures) {
    Element head = element("tr").add(element("th", "n").with("scope", "col").text("Step"));
    for (ToyCourse course : courses) {
      for (Drawn measure : measures) {
        head =
            head.add(
                element("th", "n")
                    .with("scope", "col")
                    .text("%s: %s, %%".formatted(course.loss(), measure.heading())));
      }
    }
    List<Element> rows = new ArrayList<>();
    for (int look = 0; look < courses.get(0).moments().size(); look++) {
      int step = courses.get(0).moments().get(look).step();
      Element row = element("tr").add(element("th", "n").with("scope", "row").text("" + step));
      for (ToyCourse course : courses) {
        ToyMoment moment = course.moments().get(look);
        for (Drawn measure : measures) {
          row =
              row.add(
                  element("td", "n").text(Numbers.tenths(measure.value().applyAsDouble(moment))));
        }
      }
      rows.add(row);
    }
    return element("table").add(element("thead").add(head), element("tbody").add(rows));
  }

  private static Element chart(ToyReport report, Drawn measure) {
    List<Series> lines =
        report.courses().stream()
            .map(
                course ->
                    new Series(
                        course.loss(),
                        course.moments().stream()
                            .map(moment -> measure.value().applyAsDouble(moment))
                            .toList(),
                        Series.Gap.BREAK))
            .toList();
    return new LineChart(
            "course-" + measure.id(),
            measure.title(),
            "step",
            report.courses().get(0).moments().stream().map(ToyMoment::step).toList(),
            lines,
            Axis.over(DoubleStream.of(0, 1), 4),
            share -> Numbers.plain(share * 100) + "\u00a0%",
            OptionalInt.empty())
        .render();
  }
}
