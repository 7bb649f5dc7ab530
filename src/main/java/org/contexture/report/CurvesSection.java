package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How training went, stage by stage. Recall@1 has the same axis in every stage, so that stages can
 * be compared by eye; the losses have not, as they are different quantities.
 */
final class CurvesSection {
  private static final String EPOCH = "epoch";

  private CurvesSection() {}

  static Element of(Report report) {
    Element section = Section.CURVES.start();
    List<TrainingCurve> curves = report.curves();
    if (curves.isEmpty()) {
      return section.add(Section.missing("No training stage has left a log."));
    }
    for (int index = 0; index < curves.size(); index++) {
      section = section.add(stage(curves.get(index), "curve-" + (index + 1), recallAxis(curves)));
    }
    return section;
  }

  private static Element stage(TrainingCurve curve, String id, Axis recall) {
    Element stage =
        element("article", "stage")
            .add(
                element("h3").text(curve.role().title()).add(element("small").text(curve.label())));
    if (curve.epochs().isEmpty()) {
      return stage.add(Section.missing("This stage has logged no epoch."));
    }
    Element charts = element("div", "charts");
    charts = charts.add(recall(curve, id, recall), losses(curve, id), rates(curve, id));
    return stage.add(element("p", "note").text(summary(curve)), charts, table(curve));
  }

  private static String summary(TrainingCurve curve) {
    Epoch last = curve.epochs().get(curve.epochs().size() - 1);
    StringBuilder summary = new StringBuilder();
    summary
        .append(Numbers.count(curve.epochs().size(), "epoch", "epochs"))
        .append(", ")
        .append(Numbers.count(last.step(), "step", "steps"))
        .append(". ");
    if (curve.keptEpoch().isPresent()) {
      int kept = curve.keptEpoch().getAsInt();
      summary.append("Epoch %d was kept".formatted(kept));
      curve.epochs().stream()
          .filter(epoch -> epoch.number() == kept)
          .filter(epoch -> Double.isFinite(epoch.recallAt1()))
          .forEach(
              epoch ->
                  summary.append(
                      ", at Recall@1 %s on the %s"
                          .formatted(
                              Numbers.percent(epoch.recallAt1()), curve.selectedOn().measured())));
      summary.append('.');
      if (curve.selectedOn() == SelectedOn.TEST) {
        summary.append(" It was selected on the test set, as the paper does: optimistic.");
      }
    } else {
      summary.append("No epoch is marked as the one that was kept.");
    }
    long broken =
        curve.epochs().stream()
            .filter(epoch -> epoch.number() > 0 && !Double.isFinite(epoch.loss()))
            .count();
    if (broken > 0) {
      summary.append(
          " In %s the loss was not a finite number."
              .formatted(Numbers.count(broken, "epoch", "epochs")));
    }
    return summary.toString();
  }

  private static Node recall(TrainingCurve curve, String id, Axis axis) {
    if (curve.epochs().stream().noneMatch(epoch -> Double.isFinite(epoch.recallAt1()))) {
      return Section.missing(
          "Recall@1 on %s was not measured.".formatted(curve.selectedOn().measured()));
    }
    Series series = series("Recall@1", curve, Epoch::recallAt1, Series.Gap.BRIDGE);
    return new LineChart(
            id + "-recall",
            "Recall@1 on the " + curve.selectedOn().measured(),
            EPOCH,
            numbers(curve),
            List.of(series),
            axis,
            value -> Numbers.plain(value * 100) + "\u00a0%",
            curve.keptEpoch())
        .render();
  }

  private static Node losses(TrainingCurve curve, String id) {
    List<Series> lines = new ArrayList<>();
    lines.add(series("loss", curve, Epoch::loss, Series.Gap.BREAK));
    List<Series> terms = named(curve, Epoch::terms);
    if (terms.size() > 1) {
      lines.addAll(terms);
    }
    return chart(
        id + "-loss",
        terms.size() > 1 ? "Loss and its terms before weighting" : "Loss",
        curve,
        lines,
        "No finite loss was logged.");
  }

  private static Node rates(TrainingCurve curve, String id) {
    return chart(
        id + "-rate",
        "Learning rate",
        curve,
        named(curve, Epoch::learningRates),
        "No learning rate was logged.");
  }

  private static Node chart(
      String id, String title, TrainingCurve curve, List<Series> lines, String otherwise) {
    DoubleStream values =
        lines.stream()
            .flatMapToDouble(line -> line.values().stream().mapToDouble(Double::doubleValue));
    if (lines.stream().flatMap(line -> line.values().stream()).noneMatch(Double::isFinite)) {
      return Section.missing(otherwise);
    }
    Axis axis = Axis.over(DoubleStream.concat(DoubleStream.of(0), values), 4);
    return new LineChart(
            id, title, EPOCH, numbers(curve), lines, axis, Numbers::plain, curve.keptEpoch())
        .render();
  }

  private static Axis recallAxis(List<TrainingCurve> curves) {
    return Axis.overShares(
        curves.stream().flatMap(curve -> curve.epochs().stream()).mapToDouble(Epoch::recallAt1), 4);
  }

  private static List<Integer> numbers(TrainingCurve curve) {
    return curve.epochs().stream().map(Epoch::number).toList();
  }

  private static Series series(
      String name, TrainingCurve curve, ToDoubleFunction<Epoch> value, Series.Gap gap) {
    return new Series(
        name, curve.epochs().stream().map(epoch -> value.applyAsDouble(epoch)).toList(), gap);
  }

  /** One line for each name that any epoch has a number of. */
  private static List<Series> named(
      TrainingCurve curve, Function<Epoch, List<NamedNumber>> numbers) {
    return curve.epochs().stream()
        .flatMap(epoch -> numbers.apply(epoch).stream())
        .map(NamedNumber::name)
        .distinct()
        .map(
            name ->
                series(
                    name,
                    curve,
                    epoch ->
                        numbers.apply(epoch).stream()
                            .filter(number -> number.name().equals(name))
                            .mapToDouble(NamedNumber::value)
                            .findFirst()
                            .orElse(Double.NaN),
                    Series.Gap.BREAK))
        .toList();
  }

  private static Element table(TrainingCurve curve) {
    List<Series> terms = named(curve, Epoch::terms);
    List<Series> rates = named(curve, Epoch::learningRates);
    Element head =
        element("tr")
            .add(
                column("Epoch"),
                column("Step"),
                column("R@1 on the " + curve.selectedOn().measured() + ", %"),
                column("Loss"));
    for (Series term : terms) {
      head = head.add(column(term.name()));
    }
    for (Series rate : rates) {
      head = head.add(column("Rate, " + rate.name()));
    }
    Element body = element("tbody");
    for (int index = 0; index < curve.epochs().size(); index++) {
      Epoch epoch = curve.epochs().get(index);
      boolean kept =
          curve.keptEpoch().isPresent() && curve.keptEpoch().getAsInt() == epoch.number();
      Element row =
          element("tr")
              .add(
                  element("th", "n")
                      .with("scope", "row")
                      .text((kept ? "kept " : "") + epoch.number()),
                  number(Numbers.count(epoch.step())),
                  number(Numbers.tenths(epoch.recallAt1())),
                  number(Numbers.plain(epoch.loss())));
      for (Series term : terms) {
        row = row.add(number(Numbers.plain(term.values().get(index))));
      }
      for (Series rate : rates) {
        row = row.add(number(Numbers.plain(rate.values().get(index))));
      }
      body = body.add(kept ? row.with("class", "kept") : row);
    }
    Element table = element("table").add(element("thead").add(head), body);
    return element("details")
        .add(
            element("summary").text("The numbers, epoch by epoch"),
            Section.scrolling("Epochs of " + curve.label(), table));
  }

  private static Element column(String text) {
    return element("th", "n").with("scope", "col").text(text);
  }

  private static Element number(String text) {
    return element("td", "n").text(text);
  }
}
