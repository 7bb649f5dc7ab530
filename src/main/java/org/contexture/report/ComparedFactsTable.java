package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/** Facts of several experiments, one a row; where they differ, the row is marked. */
record ComparedFactsTable(String heading, List<String> experiments, List<ComparedFact> facts) {

  Element render() {
    Element head = element("tr").add(element("th").with("scope", "col").text(heading));
    for (String experiment : experiments) {
      head = head.add(element("th").with("scope", "col").text(experiment));
    }
    head = head.add(element("th").with("scope", "col").text("In all"));
    Element body = element("tbody");
    for (ComparedFact fact : facts) {
      Element row = element("tr").add(element("th").with("scope", "row").text(fact.name()));
      for (int index = 0; index < experiments.size(); index++) {
        String value = fact.values().get(index);
        row =
            row.add(
                element("td")
                    .with("data-label", experiments.get(index))
                    .add(element("code").text(value.isEmpty() ? Numbers.NONE : value)));
      }
      body =
          body.add(
              row.add(
                  element("td", fact.differs() ? "differs" : "quiet")
                      .text(fact.differs() ? "differs" : "the same")));
    }
    return element("table", "facts cards").add(element("thead").add(head), body);
  }
}
