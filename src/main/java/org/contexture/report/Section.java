package org.contexture.report;

import static org.contexture.report.Html.element;

/** The titled sections of pages, in reading order. */
enum Section {
  MODELS("models", "Models compared"),
  RECALL("recall", "Recall@K"),
  CURVES("curves", "Learning curves"),
  GALLERY("gallery", "Retrieved images"),
  DIFFERENCES("differences", "Differences of Recall@1"),
  SETTINGS("settings", "Settings that differ"),
  DATA("data", "Data and networks"),
  DISAGREEMENTS("disagreements", "Where they disagree"),
  CLASSES("classes", "Classes"),
  SPACE("space", "Embedding space"),
  BENCHMARK("benchmark", "Benchmark"),
  POINTS("points", "Where the points went"),
  MEASURES("measures", "What that means for retrieval"),
  COURSE("course", "Course"),
  RESULTS("results", "Results"),
  TUNING("tuning", "Tuning"),
  LINEAGE("lineage", "Lineage"),
  REPRODUCTION("reproduce", "Reproduce");

  private final String id;
  private final String title;

  Section(String id, String title) {
    this.id = id;
    this.title = title;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** The section with its heading and nothing else yet. */
  Element start() {
    String heading = id + "-heading";
    return element("section")
        .with("id", id)
        .with("aria-labelledby", heading)
        .add(element("h2").with("id", heading).text(title));
  }

  /** A sentence in place of what is missing. */
  static Element missing(String sentence) {
    return element("p", "missing").text(sentence);
  }

  /** A table that scrolls by itself where the page is too narrow for it. */
  static Element scrolling(String label, Element table) {
    return element("div", "scroll")
        .with("role", "region")
        .with("aria-label", label)
        .with("tabindex", "0")
        .add(table);
  }
}
