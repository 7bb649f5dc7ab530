package org.contexture.report;

import java.util.ArrayList;
import java.util.List;

/** Every metric of every model, and what a comparison of them lacks. */
final class ModelsSection {
  private ModelsSection() {}

  static Element of(Report report) {
    Element section = Section.MODELS.start();
    if (report.evaluations().isEmpty()) {
      return section.add(Section.missing("No model has been evaluated yet."));
    }
    List<MetricsTable.Row> rows = new ArrayList<>();
    for (ModelRole role : ModelRole.values()) {
      report
          .evaluation(role)
          .ifPresent(evaluation -> rows.add(new MetricsTable.Row(role.title(), evaluation)));
    }
    section =
        section.add(
            Section.scrolling("Metrics of every model", new MetricsTable("Model", rows).render()),
            MetricsTable.note());
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
}
