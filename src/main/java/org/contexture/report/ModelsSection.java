package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Every metric of every model, the best of a column marked. On a phone a row becomes a card. */
final class ModelsSection {
  private ModelsSection() {}

  static Element of(Report report) {
    Element section = Section.MODELS.start();
    if (report.evaluations().isEmpty()) {
      return section.add(Section.missing("No model has been evaluated yet."));
    }
    section = section.add(Section.scrolling("Metrics of every model", table(report)));
    section =
        section.add(
            element("p", "note")
                .text("Percent. The best of a column is bold and marked ")
                .add(best())
                .text(
                    ". After ± half the width of the 95 % interval that other queries of the same kind would give (1,000 samples of the queries, drawn with replacement)."));
    if (report.evaluation(ModelRole.CONTROL).isEmpty()) {
      section =
          section.add(
              Section.missing(
                  "No control was run: without as many further steps with the pre-training loss, a gain may be due to the steps rather than to the loss."));
    }
    if (report.evaluation(ModelRole.PRETRAINED).isEmpty()) {
      section = section.add(Section.missing("There is no pre-trained model to compare with."));
    }
    if (report.evaluation(ModelRole.UNTRAINED).isEmpty()) {
      section = section.add(Section.missing("The untrained network was not evaluated."));
    }
    return section;
  }

  private static Element table(Report report) {
    Set<String> names = metricNames(report);
    Element head = element("tr").add(element("th").with("scope", "col").text("Model"));
    for (String name : names) {
      head = head.add(element("th", "n").with("scope", "col").text(MetricName.heading(name)));
    }
    head = head.add(element("th", "n").with("scope", "col").text("Queries"));
    Element body = element("tbody");
    for (ModelRole role : ModelRole.values()) {
      if (report.evaluation(role).isPresent()) {
        body = body.add(row(report, report.evaluation(role).get(), names));
      }
    }
    return element("table", "models cards").add(element("thead").add(head), body);
  }

  private static Element row(Report report, Evaluation evaluation, Set<String> names) {
    Element row =
        element("tr")
            .add(
                element("th")
                    .with("scope", "row")
                    .text(evaluation.role().title())
                    .add(element("small").text(evaluation.description())));
    for (String name : names) {
      row = row.add(cell(report, evaluation.measured(name), name));
    }
    Element queries =
        element("td", "n").with("data-label", "Queries").text(Numbers.count(evaluation.queries()));
    if (evaluation.excluded() > 0) {
      queries =
          queries.add(
              element("small")
                  .text(Numbers.count(evaluation.excluded()) + " without a match left out"));
    }
    return row.add(queries);
  }

  private static Element cell(Report report, Optional<Metric> measured, String name) {
    Element cell = element("td", "n").with("data-label", MetricName.heading(name));
    if (measured.isEmpty()) {
      return cell.text(Numbers.NONE);
    }
    String written = Numbers.tenths(measured.get().value());
    boolean compared = report.evaluations().size() > 1;
    Element value =
        compared && written.equals(Numbers.tenths(bestOf(report, name)))
            ? cell.add(element("strong").text(written), best())
            : cell.text(written);
    return value.add(element("small").text("±" + Numbers.tenths(measured.get().uncertainty())));
  }

  private static double bestOf(Report report, String name) {
    return report.evaluations().stream()
        .flatMap(evaluation -> evaluation.metric(name).stream().boxed())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(Double.NaN);
  }

  private static Element best() {
    return element("span", "best").with("role", "img").with("aria-label", "best").text("●");
  }

  private static Set<String> metricNames(Report report) {
    Set<String> names = new LinkedHashSet<>();
    report
        .evaluations()
        .forEach(evaluation -> evaluation.metrics().forEach(metric -> names.add(metric.name())));
    return names;
  }
}
