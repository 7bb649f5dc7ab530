package org.contexture.report;

import static org.contexture.report.Html.element;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.report.StageRun.Origin;

/**
 * Where the numbers come from: every stage with the dataset it made; inputs are links to the row
 * that made them. On a phone a row becomes a card.
 */
final class LineageSection {
  private static final int SHORT = 12;

  private LineageSection() {}

  static Element of(List<StageRun> stages) {
    Element section = Section.LINEAGE.start();
    if (stages.isEmpty()) {
      return section.add(Section.missing("The stages behind this report are not known."));
    }
    return section.add(element("p", "lead").text(summary(stages)), table(stages));
  }

  private static String summary(List<StageRun> stages) {
    List<StageRun> ran = stages.stream().filter(stage -> stage.origin() == Origin.RAN).toList();
    Duration spent = ran.stream().map(StageRun::duration).reduce(Duration.ZERO, Duration::plus);
    long rejected = stages.stream().mapToLong(StageRun::rejected).sum();
    String work =
        ran.isEmpty()
            ? "Nothing had to run; all %s were reused."
                .formatted(Numbers.count(stages.size(), "dataset", "datasets"))
            : "%d of %s ran, for %s of stage time; %d reused."
                .formatted(
                    ran.size(),
                    Numbers.count(stages.size(), "stage", "stages"),
                    Numbers.duration(spent),
                    stages.size() - ran.size());
    return work
        + (rejected == 0
            ? " No record was rejected."
            : " Rejected: %s.".formatted(Numbers.count(rejected, "record", "records")));
  }

  private static Element table(List<StageRun> stages) {
    Map<String, Integer> rows = new HashMap<>();
    for (int index = 0; index < stages.size(); index++) {
      rows.putIfAbsent(stages.get(index).fingerprint(), index);
    }
    Element head =
        element("tr")
            .add(
                element("th").with("scope", "col").text("Stage"),
                element("th").with("scope", "col").text("Dataset"),
                element("th").with("scope", "col").text("Made from"),
                element("th", "n").with("scope", "col").text("Records"),
                element("th", "n").with("scope", "col").text("Rejected"),
                element("th", "n").with("scope", "col").text("Time"),
                element("th").with("scope", "col").text("This run"));
    Element body = element("tbody");
    for (int index = 0; index < stages.size(); index++) {
      body = body.add(row(stages, index, rows));
    }
    return element("table", "lineage cards").add(element("thead").add(head), body);
  }

  private static Element row(List<StageRun> stages, int index, Map<String, Integer> rows) {
    StageRun stage = stages.get(index);
    return element("tr")
        .with("id", anchor(index))
        .add(
            element("th").with("scope", "row").text(stage.label()),
            labelled("Dataset", "")
                .add(
                    element("code")
                        .with("title", stage.fingerprint())
                        .text(shortened(stage.fingerprint())),
                    element("small").text(stage.recordType())),
            labelled("Made from", "").add(inputs(stages, stage, rows)),
            labelled("Records", "n").text(Numbers.count(stage.records())),
            labelled("Rejected", stage.rejected() > 0 ? "n rejected" : "n")
                .text(Numbers.count(stage.rejected())),
            labelled("Time", "n").text(Numbers.duration(stage.duration())),
            labelled("This run", "")
                .add(
                    element("span", "origin " + stage.origin().title())
                        .text(stage.origin().title())));
  }

  private static Element labelled(String label, String style) {
    return element("td", style).with("data-label", label);
  }

  private static Element inputs(List<StageRun> stages, StageRun stage, Map<String, Integer> rows) {
    if (stage.inputs().isEmpty()) {
      return element("span", "quiet").text("source");
    }
    Element list = element("ul");
    for (String input : stage.inputs()) {
      Integer row = rows.get(input);
      Element item = element("li");
      list =
          list.add(
              row == null
                  ? item.add(element("code").with("title", input).text(shortened(input)))
                  : item.add(
                      element("a").with("href", "#" + anchor(row)).text(stages.get(row).label())));
    }
    return list;
  }

  private static String anchor(int index) {
    return "stage-" + (index + 1);
  }

  private static String shortened(String fingerprint) {
    return fingerprint.codePointCount(0, fingerprint.length()) <= SHORT
        ? fingerprint
        : fingerprint.substring(0, fingerprint.offsetByCodePoints(0, SHORT));
  }
}
