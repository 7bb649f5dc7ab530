package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many queries have a right image among the K nearest, for every model. */
final class RecallSection {
  private RecallSection() {}

  static Element of(Report report) {
    Element section = Section.RECALL.start();
    if (report.evaluations().isEmpty()) {
      return section.add(Section.missing("No model has been evaluated yet."));
    }
    List<Evaluation> evaluations = new ArrayList<>(report.evaluations());
    evaluations.sort(Comparator.comparing(evaluation -> order(evaluation.role())));
    Map<String, Map<Integer, Metric>> curves = new LinkedHashMap<>();
    evaluations.forEach(
        evaluation -> curves.put(evaluation.role().title(), RecallCurve.of(evaluation)));
    return section.add(note()).add(new RecallCurve(curves).render("recall-curve"));
  }

  /** How to read the chart. */
  static Element note() {
    return element("p", "note")
        .text(
            "The share of queries that have an image of their class among the K nearest. The band around a line is its 95 % interval, by samples of the queries; K is on a logarithmic scale.");
  }

  /** What the report is about has the first and strongest line. */
  private static int order(ModelRole role) {
    return switch (role) {
      case TRAINED -> 0;
      case RERANKED -> 1;
      case CONTROL -> 2;
      case PRETRAINED -> 3;
      case UNTRAINED -> 4;
    };
  }
}
