package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** How the trainings of several experiments went, line over line. */
final class ComparedCurvesSection {
  private ComparedCurvesSection() {}

  static Element of(List<ComparedExperiment> experiments) {
    Element section = Section.CURVES.start();
    List<ComparedExperiment> logged =
        experiments.stream()
            .filter(experiment -> experiment.curve().isPresent())
            .filter(experiment -> !experiment.curve().get().epochs().isEmpty())
            .toList();
    if (logged.isEmpty()) {
      return section.add(Section.missing("No training stage has left a log."));
    }
    return section.add(
        element("p", "note")
            .text(
                "The last stage of training of each. Losses by other formulas are other quantities: their height cannot be compared, their course can."),
        element("div", "charts")
            .add(
                chart(
                    logged,
                    "compared-recall",
                    "Recall@1 while training",
                    Epoch::recallAt1,
                    Series.Gap.BRIDGE,
                    value -> Numbers.plain(value * 100) + "\u00a0%",
                    values -> Axis.overShares(values, 4)),
                chart(
                    logged,
                    "compared-loss",
                    "Loss",
                    Epoch::loss,
                    Series.Gap.BREAK,
                    Numbers::plain,
                    values -> Axis.over(DoubleStream.concat(DoubleStream.of(0), values), 4))),
        element("details")
            .add(
                element("summary").text("The numbers, epoch by epoch"),
                Section.scrolling("Epochs of every experiment", table(logged))));
  }

  private static Node chart(
      List<ComparedExperiment> experiments,
      String id,
      String title,
      ToDoubleFunction<Epoch> value,
      Series.Gap gap,
      DoubleFunction<String> write,
      Function<DoubleStream, Axis> over) {
    List<Integer> places = List.copyOf(numbers(experiments));
    List<Series> lines = new ArrayList<>();
    for (ComparedExperiment experiment : experiments) {
      lines.add(
          new Series(
              name(experiment, experiments),
              places.stream().map(place -> at(experiment, place, value)).toList(),
              gap));
    }
    double[] values =
        lines.stream()
            .flatMap(line -> line.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .toArray();
    if (values.length == 0) {
      return Section.missing(title + " was not measured.");
    }
    Axis axis = over.apply(DoubleStream.of(values));
    return new LineChart(id, title, "epoch", places, lines, axis, write, OptionalInt.empty())
        .render();
  }

  /** The name of an experiment, with what it was measured on where that differs. */
  private static String name(ComparedExperiment experiment, List<ComparedExperiment> all) {
    long kinds =
        all.stream().map(other -> other.curve().get().selectedOn().measured()).distinct().count();
    return kinds > 1
        ? "%s, %s".formatted(experiment.name(), experiment.curve().get().selectedOn().measured())
        : experiment.name();
  }

  private static SortedSet<Integer> numbers(List<ComparedExperiment> experiments) {
    SortedSet<Integer> numbers = new TreeSet<>();
    experiments.forEach(
        experiment ->
            experiment.curve().get().epochs().forEach(epoch -> numbers.add(epoch.number())));
    return numbers;
  }

  private static double at(
      ComparedExperiment experiment, int number, ToDoubleFunction<Epoch> value) {
    return experiment.curve().get().epochs().stream()
        .filter(epoch -> epoch.number() == number)
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static Element table(List<ComparedExperiment> experiments) {
    Element head = element("tr").add(column("Epoch"));
    for (ComparedExperiment experiment : experiments) {
      String measured = experiment.curve().get().selectedOn().measured();
      head =
          head.add(
              column("%s: R@1 on the %s, %%".formatted(experiment.name(), measured)),
              column(experiment.name() + ": loss"));
    }
    Element body = element("tbody");
    for (int number : numbers(experiments)) {
      Element row = element("tr").add(element("th", "n").with("scope", "row").text("" + number));
      for (ComparedExperiment experiment : experiments) {
        row =
            row.add(
                element("td", "n").text(Numbers.tenths(at(experiment, number, Epoch::recallAt1))),
                element("td", "n").text(Numbers.plain(at(experiment, number, Epoch::loss))));
      }
      body = body.add(row);
    }
    return element("table").add(element("thead").add(head), body);
  }

  private static Element column(String text) {
    return element("th", "n").with("scope", "col").text(text);
  }
}
