package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A comparison as a browser has it. Screenshots stay in {@code target/report}. */
class ComparisonBrowserIT {
  private static final Path SHOTS = Path.of("target", "report");

  @TempDir static Path folder;
  private static HeadlessBrowser browser;

  @BeforeAll
  static void startBrowser() throws Exception {
    assumeTrue(
        HeadlessBrowser.program().isPresent(),
        "no Chromium on the PATH: the comparison was not looked at in a browser");
    browser = HeadlessBrowser.start(HeadlessBrowser.program().get(), folder.resolve("profile"));
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void canBeReadInLightAndDark(int width, String scheme) throws Exception {
    browser.prefer(scheme);
    BrowsedPage page = open(SampleComparison.complete().build(), width);
    Files.write(
        SHOTS.resolve("comparison-sample-%d-%s.png".formatted(width, scheme)),
        browser.screenshot());

    assertThat(page.complaints()).isEmpty();
    assertThat(page.picturesNotShown()).isZero();
    assertThat(page.lowContrast()).isEmpty();
    browser.prefer("light");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void isNoWiderThanItsWindow(int width) throws Exception {
    for (Comparison comparison :
        List.of(SampleComparison.complete().build(), ComparisonPageTest.hostile())) {
      BrowsedPage page = open(comparison, width);
      page.openDetails();

      assertThat(page.tooWide(width)).isEmpty();
      assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
    }
  }

  @Test
  void canBeReachedByTheKeyboardAlone() throws Exception {
    open(SampleComparison.complete().build(), 1280);

    assertThat(
            browser
                .ask(
                    "[...document.querySelectorAll('summary, .scroll, nav a')].filter(e => e.tabIndex < 0).length")
                .asInt())
        .isZero();
    browser.ask("document.querySelector('details:not([open]) summary').focus()");
    String closed = "document.querySelectorAll('details:not([open])').length";
    int before = browser.ask(closed).asInt();
    browser.pressEnter();
    assertThat(browser.ask(closed).asInt()).isEqualTo(before - 1);
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    open(SampleComparison.complete().build(), 1280);

    assertThat(
            browser
                .ask(
                    "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id)).join(' ')")
                .asText())
        .isEmpty();
  }

  private static BrowsedPage open(Comparison comparison, int width) throws Exception {
    Path file =
        Files.writeString(folder.resolve("comparison.html"), ComparisonPage.html(comparison));
    browser.open(file.toUri(), width, 900);
    return new BrowsedPage(browser);
  }
}
