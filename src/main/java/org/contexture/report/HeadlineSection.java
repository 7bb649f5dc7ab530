package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The top of the page: what happened in one sentence, the number, and the models side by side. */
final class HeadlineSection {
  private HeadlineSection() {}

  static Element of(Report report) {
    Headline headline = new Headline(report);
    Element section =
        element("section", "headline")
            .with("id", "result")
            .with("aria-labelledby", "headline")
            .add(element("h1").with("id", "headline").text(headline.sentence()));
    if (headline.subject().isEmpty()) {
      return section;
    }
    return section
        .add(
            element("div", "score")
                .add(figure(headline, headline.subject().get()), bars(report, headline)))
        .add(element("p", "standfirst").text(measuredOn(report)))
        .add(doubt(headline));
  }

  private static Element figure(Headline headline, Evaluation subject) {
    String metric = MetricName.title(headline.metric().orElseThrow());
    OptionalDouble value = headline.value(subject.role());
    Element figure =
        element("div", "figure")
            .add(
                element("p", "number")
                    .text(value.isPresent() ? Numbers.tenths(value.getAsDouble()) : Numbers.NONE)
                    .add(element("span").text("\u00a0%")),
                element("p", "what")
                    .text(
                        "%s, %s model"
                            .formatted(metric, subject.role().title().toLowerCase(Locale.ROOT))));
    for (ModelRole role : List.of(ModelRole.UNTRAINED, ModelRole.PRETRAINED, ModelRole.CONTROL)) {
      OptionalDouble other = headline.value(role);
      if (role != subject.role() && other.isPresent() && value.isPresent()) {
        figure = figure.add(change(role, value.getAsDouble() - other.getAsDouble()));
      }
    }
    return figure;
  }

  private static Element change(ModelRole against, double difference) {
    String name =
        switch (against) {
          case UNTRAINED -> "untrained";
          case PRETRAINED -> "pre-trained";
          case TRAINED -> "trained";
          case RERANKED -> "re-ranked";
          case CONTROL -> "control";
        };
    return element("p", "change")
        .add(element("b").text(Numbers.change(difference)))
        .text(" points vs " + name);
  }

  private static Element bars(Report report, Headline headline) {
    String metric = headline.metric().orElseThrow();
    Element table =
        element("table", "bars")
            .add(
                element("caption")
                    .text(MetricName.title(metric) + " by model, on a scale to 100 %"));
    Element body = element("tbody");
    for (ModelRole role : ModelRole.values()) {
      OptionalDouble value = headline.value(role);
      if (value.isPresent()) {
        body =
            body.add(
                bar(
                    role == ModelRole.TRAINED ? "subject" : "other",
                    role.title(),
                    report.evaluation(role).orElseThrow().description(),
                    value.getAsDouble()));
      }
    }
    return table.add(body);
  }

  /**
   * A row of a table of bars.
   *
   * @param style {@code subject} for what the page is about, else {@code other}
   */
  static Element bar(String style, String title, String description, double value) {
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 100 10")
            .with("preserveAspectRatio", "none")
            .with("aria-hidden", "true")
            .add(
                rectangle("track", 100), rectangle("value", Math.max(0, Math.min(1, value)) * 100));
    return element("tr", style)
        .add(
            element("th").with("scope", "row").text(title).add(element("small").text(description)),
            element("td", "drawing").add(drawing),
            element("td", "n").text(Numbers.percent(value)));
  }

  private static Element rectangle(String style, double width) {
    return element("rect", style).with("width", width).with("height", 10);
  }

  private static String measuredOn(Report report) {
    List<String> sentences = new ArrayList<>();
    sentences.add("Measured on %s.".formatted(report.benchmark().name()));
    if (!report.benchmark().protocol().isBlank()) {
      sentences.add(report.benchmark().protocol());
    }
    return String.join(" ", sentences);
  }

  private static List<Node> doubt(Headline headline) {
    return headline.resolution().stream()
        .<Node>mapToObj(resolution -> element("p", "doubt").text(doubt(headline, resolution)))
        .toList();
  }

  private static String doubt(Headline headline, double resolution) {
    String sentences =
        "This is one run with one seed. With %s, models whose %s differ by less than about %s cannot be told apart by these figures alone."
            .formatted(
                Numbers.count(headline.subject().orElseThrow().queries(), "query", "queries"),
                MetricName.title(headline.metric().orElseThrow()),
                Numbers.points(resolution));
    return headline.closeness().map(closeness -> sentences + " " + closeness).orElse(sentences);
  }
}
