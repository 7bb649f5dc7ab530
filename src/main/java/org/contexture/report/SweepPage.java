package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;

/** Turns a {@link SweepReport} into one HTML file that needs nothing else. */
public final class SweepPage {
  private SweepPage() {}

  /** The page as text, to be written in UTF-8. */
  public static String html(SweepReport report) {
    List<Section> sections = new ArrayList<>(List.of(Section.RESULTS));
    List<Element> content = new ArrayList<>(List.of(headline(report), results(report)));
    if (report.table().isTuned()) {
      sections.add(Section.TUNING);
      content.add(tuning(report));
    }
    sections.add(Section.REPRODUCTION);
    content.add(reproduction(report));
    return new Page(report.name(), sections, content).html();
  }

  private static Element headline(SweepReport report) {
    SweepHeadline headline = new SweepHeadline(report);
    Element section =
        element("section", "headline")
            .with("id", "result")
            .with("aria-labelledby", "headline")
            .add(element("h1").with("id", "headline").text(headline.sentence()));
    List<SweepHeadline.Reached> reached = headline.reached();
    if (reached.isEmpty()) {
      return section;
    }
    Element body = element("tbody");
    for (SweepHeadline.Reached run : reached) {
      body =
          body.add(
              HeadlineSection.bar(
                  headline.isBest(run) ? "subject" : "other", run.run(), run.tuned(), run.mean()));
    }
    return section.add(
        element("table", "bars").add(element("caption").text(headline.caption()), body));
  }

  private static Element results(SweepReport report) {
    return Section.RESULTS
        .start()
        .add(
            report.table().results(report.metrics()).render("Metrics of every run"),
            element("p", "note").text(report.note()));
  }

  private static Element tuning(SweepReport report) {
    return Section.TUNING
        .start()
        .add(
            report.table().tuning().render("What was tried"),
            element("p", "note").text(SweepReport.tuningNote()));
  }

  private static Element reproduction(SweepReport report) {
    return Section.REPRODUCTION
        .start()
        .add(
            element("p", "lead")
                .text("The first command makes the same datasets and this page, the second shows")
                .text(" every experiment:"),
            element("pre", "command")
                .add(element("code").text(report.command() + "\n" + report.lookUp())),
            element("p", "note").text("Written by Contexture %s.".formatted(report.codeVersion())));
  }
}
