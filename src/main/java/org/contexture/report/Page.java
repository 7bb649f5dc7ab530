package org.contexture.report;

import static org.contexture.report.Html.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One HTML file that needs nothing else: no network, no script, its style and pictures inside.
 *
 * @param about what the page is on
 * @param sections where the links at its top lead
 * @param content from the headline on, which has the id {@code result}
 */
record Page(String about, List<Section> sections, List<? extends Node> content) {
  private static final String STYLE = "report.css";

  /** The page as text, to be written in UTF-8. */
  String html() {
    String css = styleSheet();
    return "<!DOCTYPE html>\n"
        + element("html").with("lang", "en").add(head(css)).add(body())
        + "\n";
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
            element("main").add(content));
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

  private static String policy(String css) {
    return "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(Base64.getEncoder().encodeToString(DigestUtils.sha256(css)));
  }

  private static String styleSheet() {
    try (InputStream css = Page.class.getResourceAsStream(STYLE)) {
      if (css == null) {
        throw new IllegalStateException(STYLE + " is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
