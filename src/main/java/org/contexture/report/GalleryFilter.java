package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chooses which queries of a gallery are shown. It is hidden until its script runs: without one,
 * all queries are there.
 */
final class GalleryFilter {
  /** The attribute of a group of queries that says which it is. */
  static final String GROUP = "data-group";

  /** The attribute of a query that says whether its nearest image is right. */
  static final String NEAREST = "data-nearest";

  /** What makes it work. */
  static final Resource SCRIPT = new Resource("gallery.js");

  private GalleryFilter() {}

  static Element form() {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("all", "all");
    groups.put("random", "random");
    groups.put("best", "best");
    groups.put("worst", "worst");
    groups.put("classes", "by class");
    Element choice = element("fieldset").add(element("legend").text("Queries"));
    for (Map.Entry<String, String> group : groups.entrySet()) {
      Element radio =
          element("input")
              .with("type", "radio")
              .with("name", "group")
              .with("value", group.getKey());
      choice =
          choice.add(
              element("label")
                  .add(group.getKey().equals("all") ? radio.with("checked", "") : radio)
                  .text(group.getValue()));
    }
    return element("form", "filter")
        .with("id", "gallery-filter")
        .with("aria-label", "Filter the queries")
        .with("hidden", "")
        .add(
            choice,
            element("label")
                .text("Class ")
                .add(
                    element("input")
                        .with("type", "search")
                        .with("name", "class")
                        .with("placeholder", "part of a name")),
            element("label")
                .add(element("input").with("type", "checkbox").with("name", "wrong"))
                .text("nearest image wrong"),
            element("p", "shown").with("role", "status"));
  }
}
