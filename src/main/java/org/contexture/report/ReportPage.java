package org.contexture.report;

import static org.contexture.report.Html.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Turns a {@link Report} into one HTML file that needs nothing else: no network, no script, its
 * style and pictures inside.
 */
public final class ReportPage {
  private static final String STYLE = "report.css";

  private ReportPage() {}

  /** The page as text, to be written in UTF-8. */
  public static String html(Report report) {
    String css = styleSheet();
    Element page = element("html").with("lang", "en").add(head(report, css)).add(body(report));
    return "<!DOCTYPE html>\n" + page + "\n";
  }

  private static Element head(Report report, String css) {
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
            element("title").text(report.experiment() + ": Contexture report"),
            Html.styleSheet(css));
  }

  private static Element body(Report report) {
    return element("body")
        .add(
            element("a", "skip").with("href", "#result").text("Skip to the result"),
            masthead(report),
            element("main")
                .add(
                    HeadlineSection.of(report),
                    WarningsSection.of(report),
                    ModelsSection.of(report),
                    CurvesSection.of(report),
                    GallerySection.of(report),
                    BenchmarkSection.of(report),
                    LineageSection.of(report),
                    ReproductionSection.of(report)));
  }

  private static Element masthead(Report report) {
    Element links = element("nav").with("aria-label", "Sections");
    for (Section section : Section.values()) {
      links = links.add(element("a").with("href", "#" + section.id()).text(section.title()));
    }
    return element("header", "masthead")
        .add(
            element("p")
                .add(element("span", "product").text("Contexture"))
                .text(" report on ")
                .add(element("b").text(report.experiment())),
            links);
  }

  private static String policy(String css) {
    return "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(Base64.getEncoder().encodeToString(DigestUtils.sha256(css)));
  }

  private static String styleSheet() {
    try (InputStream css = ReportPage.class.getResourceAsStream(STYLE)) {
      if (css == null) {
        throw new IllegalStateException(STYLE + " is not on the class path");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
