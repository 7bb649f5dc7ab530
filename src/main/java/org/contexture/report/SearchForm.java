package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/**
 * The page that asks for pictures and shows what is found. Unlike a report it is served, and has
 * one script: it sends a picture to where the page is from and shows the {@link #answer}. The
 * policy allows this script and this style by their hashes, and no connection to anywhere else.
 */
public final class SearchForm {
  private final SearchPlace place;
  private final long largest;
  private final String style =
      new Resource("report.css").text() + new Resource("search.css").text();
  private final String script = new Resource("search.js").text();

  /**
   * The page of a gallery and a network.
   *
   * @param largest bytes that a picture may take
   */
  public SearchForm(SearchPlace place, long largest) {
    this.place = place;
    this.largest = largest;
  }

  /** The page as text, to be sent in UTF-8. */
  public String html() {
    return "<!DOCTYPE html>\n" + element("html").with("lang", "en").add(head(), body()) + "\n";
  }

  /** The Content-Security-Policy that the page is to be sent with. */
  public String policy() {
    return "default-src 'none'; script-src %s; style-src %s; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        .formatted(Resource.source(script), Resource.source(style));
  }

  /** What was found for one picture, as the markup that the page puts into itself. */
  public static String answer(SearchedQuery query) {
    return SearchSection.of(List.of(query)).toString();
  }

  private Element head() {
    return element("head")
        .add(
            element("meta").with("charset", "utf-8"),
            element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            element("meta").with("name", "color-scheme").with("content", "light dark"),
            element("link").with("rel", "icon").with("href", "data:,"),
            element("title").text("Contexture search"),
            Html.styleSheet(style));
  }

  private Element body() {
    return element("body")
        .add(
            element("header", "masthead")
                .add(
                    element("p")
                        .add(element("span", "product").text("Contexture"))
                        .text(" search")),
            element("main")
                .add(
                    element("section", "headline")
                        .with("aria-labelledby", "headline")
                        .add(
                            element("h1").with("id", "headline").text("Search by a picture"),
                            place.sentence(),
                            drop()),
                    element("div", "answer").with("id", "answer")),
            Html.script(script));
  }

  private Element drop() {
    return element("div", "drop")
        .with("id", "drop")
        .add(
            element("label")
                .with("for", "picture")
                .text("Choose a PNG or JPEG picture, drop one on this page, or paste one:"),
            element("input")
                .with("type", "file")
                .with("id", "picture")
                .with("accept", "image/png,image/jpeg")
                .with("data-largest", Long.toString(largest)),
            element("p").with("id", "progress").with("role", "status"));
  }
}
