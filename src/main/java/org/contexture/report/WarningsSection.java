package org.contexture.report;

import static org.contexture.report.Html.element;

/** What a reader has to know before trusting the numbers, right below them. */
final class WarningsSection {
  private WarningsSection() {}

  static Element of(Report report) {
    if (report.warnings().isEmpty()) {
      return element("p", "no-warnings").text("No warnings.");
    }
    Element list = element("ul");
    for (String warning : report.warnings()) {
      list = list.add(element("li").text(warning));
    }
    int count = report.warnings().size();
    return element("aside", "warnings")
        .with("aria-labelledby", "warnings-heading")
        .add(
            element("h2")
                .with("id", "warnings-heading")
                .add(element("span").with("aria-hidden", "true").text("⚠ "))
                .text(count == 1 ? "One warning" : count + " warnings"),
            list);
  }
}
