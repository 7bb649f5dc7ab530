package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every metric of some networks, the best of a column marked. On a phone a row becomes a card.
 *
 * @param heading what the rows are
 * @param rows the networks
 */
record MetricsTable(String heading, List<Row> rows) {

  /** A network by its title. */
  record Row(String title, Evaluation evaluation) {}

  MetricsTable {
    rows = List.copyOf(rows);
  }

  Element render() {
    Element head = element("tr").add(element("th").with("scope", "col").text(heading));
    for (String name : names()) {
      head = head.add(element("th", "n").with("scope", "col").text(MetricName.heading(name)));
    }
    head = head.add(element("th", "n").with("scope", "col").text("Queries"));
    Element body = element("tbody");
    for (Row row : rows) {
      body = body.add(render(row));
    }
    return element("table", "models cards").add(element("thead").add(head), body);
  }

  /** What a reader has to know of the figures. */
  static Element note() {
    return element("p", "note")
        .text("Percent. The best of a column is bold and marked ")
        .add(best())
        .text(
            ". After ± half the width of the 95 % interval that other queries of the same kind would give (1,000 samples of the queries, drawn with replacement).");
  }

  private Element render(Row row) {
    Evaluation evaluation = row.evaluation();
    Element rendered =
        element("tr")
            .add(
                element("th")
                    .with("scope", "row")
                    .text(row.title())
                    .add(element("small").text(evaluation.description())));
    for (String name : names()) {
      rendered = rendered.add(cell(evaluation.measured(name), name));
    }
    Element queries =
        element("td", "n").with("data-label", "Queries").text(Numbers.count(evaluation.queries()));
    if (evaluation.excluded() > 0) {
      queries =
          queries.add(
              element("small")
                  .text(Numbers.count(evaluation.excluded()) + " without a match left out"));
    }
    return rendered.add(queries);
  }

  private Element cell(Optional<Metric> measured, String name) {
    Element cell = element("td", "n").with("data-label", MetricName.heading(name));
    if (measured.isEmpty()) {
      return cell.text(Numbers.NONE);
    }
    String written = Numbers.tenths(measured.get().value());
    boolean compared = rows.size() > 1;
    Element value =
        compared && written.equals(Numbers.tenths(bestOf(name)))
            ? cell.add(element("strong").text(written), best())
            : cell.text(written);
    return value.add(element("small").text("±" + Numbers.tenths(measured.get().uncertainty())));
  }

  private double bestOf(String name) {
    return rows.stream()
        .flatMap(row -> row.evaluation().metric(name).stream().boxed())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(Double.NaN);
  }

  private static Element best() {
    return element("span", "best").with("role", "img").with("aria-label", "best").text("●");
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> row.evaluation().metrics().forEach(metric -> names.add(metric.name())));
    return names;
  }
}
