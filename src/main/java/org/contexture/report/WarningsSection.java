package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** What a reader has to know before trusting the numbers, right below them. */
final class WarningsSection {
  private WarningsSection() {}

  static Element of(List<String> warnings) {
    if (warnings.isEmpty()) {
      return element("p", "no-warnings").text("No warnings.");
    }
    Element list = element("ul");
    for (String warning : warnings) {
      list = list.add(element("li").text(warning));
    }
    int count = warnings.size();
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
