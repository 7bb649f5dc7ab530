package org.contexture.report;

import static org.contexture.report.Html.element;

/** The command, the settings and the machine: what it takes to get the same numbers again. */
final class ReproductionSection {
  private ReproductionSection() {}

  static Element of(Reproduction reproduction) {
    return Section.REPRODUCTION
        .start()
        .add(
            element("p", "lead").text("This command makes the same datasets and the same numbers:"),
            element("pre", "command").add(element("code").text(reproduction.command())),
            settings(reproduction),
            environment(reproduction));
  }

  private static Element settings(Reproduction reproduction) {
    if (reproduction.settings().isBlank()) {
      return Section.missing("The effective settings are not recorded.");
    }
    return element("details")
        .add(
            element("summary").text("Effective settings, defaults included"),
            element("pre").add(element("code").text(reproduction.settings())));
  }

  private static Element environment(Reproduction reproduction) {
    if (reproduction.environment().isEmpty()) {
      return Section.missing("The environment is not recorded.");
    }
    Element list = element("dl", "environment");
    for (Fact fact : reproduction.environment()) {
      list =
          list.add(
              element("div")
                  .add(element("dt").text(fact.name()), element("dd").text(fact.value())));
    }
    return list;
  }
}
