package org.contexture.report;

import static java.util.stream.Collectors.joining;
import static org.contexture.report.Html.element;

import java.util.List;

/**
 * One HTML file that needs nothing else: no network, its style, scripts and pictures inside.
 *
 * @param about what the page is on
 * @param sections where the links at its top lead
 * @param content from the headline on, which has the id {@code result}
 * @param scripts without which the page is whole all the same
 */
record Page(
    String about, List<Section> sections, List<? extends Node> content, List<Resource> scripts) {
  private static final Resource STYLE = new Resource("report.css");

  /** A page without scripts. */
  Page(String about, List<Section> sections, List<? extends Node> content) {
    this(about, sections, content, List.of());
  }

  /** The page as text, to be written in UTF-8. */
  String html() {
    String css = STYLE.text();
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    element("html").with("lang", "en").add(head(css)).add(body()).writeTo(page);
    return page.append('\n').toString();
  }

  private Element head(String css) {
    return element("head")
        .add(
            element("meta").with("charset", "utf-8"),
            element("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", policy(css)),
            element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            element("meta").with("name", "color-scheme").with("content", "light dark"),
            element("link").with("rel", "icon").with("href", "data:,"),
            element("title").text(about + ": Contexture report"),
            Html.styleSheet(css));
  }

  private Element body() {
    return element("body")
        .add(
            element("a", "skip").with("href", "#result").text("Skip to the result"),
            masthead(),
            element("main").add(content))
        .add(scripts.stream().map(script -> Html.script(script.text())).toList());
  }

  private Element masthead() {
    Element links = element("nav").with("aria-label", "Sections");
    for (Section section : sections) {
      links = links.add(element("a").with("href", "#" + section.id()).text(section.title()));
    }
    return element("header", "masthead")
        .add(
            element("p")
                .add(element("span", "product").text("Contexture"))
                .text(" report on ")
                .add(element("b").text(about)),
            links);
  }

  private String policy(String css) {
    String allowed =
        scripts.stream()
            .map(script -> " " + Resource.source(script.text()))
            .collect(joining("", "script-src", "; "));
    return "default-src 'none'; %sstyle-src %s; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(scripts.isEmpty() ? "" : allowed, Resource.source(css));
  }
}
