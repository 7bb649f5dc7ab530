package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** The top of a comparison: which experiment is ahead, by how much, and how sure that is. */
final class ComparisonHeadlineSection {
  private ComparisonHeadlineSection() {}

  static Element of(Comparison comparison) {
    ComparisonHeadline headline = new ComparisonHeadline(comparison);
    Element section =
        element("section", "headline")
            .with("id", "result")
            .with("aria-labelledby", "headline")
            .add(element("h1").with("id", "headline").text(headline.sentence()));
    if (headline.metric().isEmpty()) {
      return section;
    }
    String metric = headline.metric().get();
    return section
        .add(
            element("div", "score")
                .add(figure(headline.ranked().get(0), metric), bars(headline, metric)))
        .add(doubt(headline));
  }

  private static Element figure(ComparedExperiment best, String metric) {
    return element("div", "figure")
        .add(
            element("p", "number")
                .text(Numbers.tenths(ComparisonHeadline.value(best, metric)))
                .add(element("span").text("\u00a0%")),
            element("p", "what").text("%s, %s".formatted(MetricName.title(metric), best.name())));
  }

  private static Element bars(ComparisonHeadline headline, String metric) {
    String best = headline.ranked().get(0).name();
    Element body = element("tbody");
    for (ComparedExperiment experiment : headline.comparison().experiments()) {
      body =
          body.add(
              HeadlineSection.bar(
                  experiment.name().equals(best) ? "subject" : "other",
                  experiment.name(),
                  experiment.evaluation().description(),
                  ComparisonHeadline.value(experiment, metric)));
    }
    return element("table", "bars")
        .add(
            element("caption")
                .text(
                    "%s of the trained networks, on a scale to 100 %%"
                        .formatted(MetricName.title(metric))),
            body);
  }

  private static List<Node> doubt(ComparisonHeadline headline) {
    return headline.certainty().stream()
        .<Node>map(sentence -> element("p", "doubt").text(sentence))
        .toList();
  }
}
