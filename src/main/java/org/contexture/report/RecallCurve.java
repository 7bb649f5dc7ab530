package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Recall@K over K of some networks, with 95 % intervals, as a chart and as a table.
 *
 * @param curves for the name of each network, its Recall@K by K, the most important network first
 */
record RecallCurve(Map<String, Map<Integer, Metric>> curves) {
  private static final Pattern NAME = Pattern.compile("recall@([1-9][0-9]{0,8})");

  RecallCurve {
    curves = new LinkedHashMap<>(curves);
  }

  /** Recall@K of a network by K, ascending. */
  static Map<Integer, Metric> of(Evaluation evaluation) {
    Map<Integer, Metric> recalls = new TreeMap<>();
    for (Metric metric : evaluation.metrics()) {
      NAME.matcher(metric.name())
          .results()
          .filter(match -> match.group().equals(metric.name()))
          .filter(match -> Double.isFinite(metric.value()))
          .forEach(match -> recalls.put(Integer.parseInt(match.group(1)), metric));
    }
    return recalls;
  }

  /** The chart and its numbers, or what is missing of them. */
  List<Node> render(String id) {
    SortedSet<Integer> places = new TreeSet<>();
    curves.values().forEach(curve -> places.addAll(curve.keySet()));
    if (places.size() < 2) {
      return List.of(
          Section.missing(
              "Recall@K was measured at fewer than two K, so there is no curve to draw."));
    }
    return List.of(
        element("div", "charts single").add(chart(id, List.copyOf(places))),
        element("details")
            .add(
                element("summary").text("The numbers, with the ends of the intervals"),
                Section.scrolling("Recall@K with intervals", table(places))));
  }

  private Element chart(String id, List<Integer> places) {
    List<Series> lines = new ArrayList<>();
    curves.forEach(
        (name, curve) ->
            lines.add(
                new Series(
                    name,
                    values(places, curve, Metric::value),
                    values(places, curve, Metric::low),
                    values(places, curve, Metric::high))));
    DoubleStream all =
        curves.values().stream()
            .flatMap(curve -> curve.values().stream())
            .flatMap(metric -> Stream.of(metric.low(), metric.value(), metric.high()))
            .mapToDouble(Double::doubleValue);
    return new LineChart(
            id,
            "Recall@K, with 95\u00a0% intervals",
            "K",
            LineChart.Scale.LOGARITHMIC,
            places,
            lines,
            Axis.overShares(all, 4),
            value -> Numbers.plain(value * 100) + "\u00a0%",
            OptionalInt.empty())
        .render();
  }

  private static List<Double> values(
      List<Integer> places, Map<Integer, Metric> curve, ToDoubleFunction<Metric> value) {
    return places.stream()
        .map(k -> curve.containsKey(k) ? value.applyAsDouble(curve.get(k)) : Double.NaN)
        .toList();
  }

  private Element table(SortedSet<Integer> places) {
    Element head = element("tr").add(element("th", "n").with("scope", "col").text("K"));
    for (String name : curves.keySet()) {
      head = head.add(element("th", "n").with("scope", "col").text(name));
    }
    Element body = element("tbody");
    for (int k : places) {
      Element row = element("tr").add(element("th", "n").with("scope", "row").text("" + k));
      for (Map<Integer, Metric> curve : curves.values()) {
        row = row.add(element("td", "n").text(written(curve.get(k))));
      }
      body = body.add(row);
    }
    return element("table").add(element("thead").add(head), body);
  }

  private static String written(Metric metric) {
    return metric == null
        ? Numbers.NONE
        : "%s (%s to %s)"
            .formatted(
                Numbers.tenths(metric.value()),
                Numbers.tenths(metric.low()),
                Numbers.tenths(metric.high()));
  }
}
