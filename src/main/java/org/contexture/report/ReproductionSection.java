package org.contexture.report;

import static org.contexture.report.Html.element;

/** The command, the settings and the machine: what it takes to get the same numbers again. */
final class ReproductionSection {
  private ReproductionSection() {}

  static Element of(Report report) {
    return Section.REPRODUCTION
        .start()
        .add(
            element("p", "lead").text("This command makes the same datasets and the same numbers:"),
            element("pre", "command").add(element("code").text(report.command())),
            settings(report),
            environment(report));
  }

  private static Element settings(Report report) {
    if (report.settings().isBlank()) {
      return Section.missing("The effective settings are not recorded.");
    }
    return element("details")
        .add(
            element("summary").text("Effective settings, defaults included"),
            element("pre").add(element("code").text(report.settings())));
  }

  private static Element environment(Report report) {
    if (report.environment().isEmpty()) {
      return Section.missing("The environment is not recorded.");
    }
    Element list = element("dl", "environment");
    for (Fact fact : report.environment()) {
      list =
          list.add(
              element("div")
                  .add(element("dt").text(fact.name()), element("dd").text(fact.value())));
    }
    return list;
  }
}
