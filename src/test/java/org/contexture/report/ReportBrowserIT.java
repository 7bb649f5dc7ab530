package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
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

/**
 * The page as a browser has it. The screenshots stay in {@code target/report} for people to look
 * at.
 */
class ReportBrowserIT {
  private static final Path SHOTS = Path.of("target", "report");
  private static final int PHONE = 390;

  @TempDir static Path folder;
  private static HeadlessBrowser browser;

  @BeforeAll
  static void startBrowser() throws Exception {
    assumeTrue(
        HeadlessBrowser.program().isPresent(),
        "no Chromium on the PATH: the report was not looked at in a browser");
    browser = HeadlessBrowser.start(HeadlessBrowser.program().get(), folder.resolve("profile"));
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void runsWithoutComplaint() throws Exception {
    open(SampleReport.complete().build(), 1280);

    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
  }

  @Test
  void hearsComplaintsWhereThereAreSome() throws Exception {
    String page =
        ReportPage.html(SampleReport.complete().build())
            .replace("</body>", "<script>console.log(1)</script></body>");
    open(page, 1280);

    assertThat(new BrowsedPage(browser).complaints())
        .anyMatch(complaint -> complaint.contains("Content Security Policy"));
  }

  @Test
  void showsEveryPicture() throws Exception {
    open(SampleReport.complete().build(), 1280);

    assertThat(browser.ask("document.images.length").asInt()).isEqualTo(6 * 11 + 7);
    assertThat(new BrowsedPage(browser).picturesNotShown()).isZero();
  }

  @Test
  void asksForNothingButItself() throws Exception {
    open(SampleReport.complete().build(), 1280);

    assertThat(
            browser.events("Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url").asText())
                .filter(url -> !url.startsWith("data:")))
        .hasSize(1)
        .allMatch(url -> url.startsWith("file:"));
  }

  @ParameterizedTest
  @ValueSource(ints = {320, PHONE, 768, 1280})
  void isNoWiderThanItsWindow(int width) throws Exception {
    for (Report report :
        List.of(
            SampleReport.complete().build(), SampleReport.bare().build(), HostileReport.report())) {
      open(report, width);
      new BrowsedPage(browser).openDetails();

      assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(new BrowsedPage(browser).tooWide(width)).isEmpty();
    }
  }

  @Test
  void opensAndClosesWithTheKeyboard() throws Exception {
    open(SampleReport.complete().build(), 1280);

    String closed = "[...document.querySelectorAll('details')].filter(d => !d.open)";
    int before = browser.ask(closed + ".length").asInt();
    browser.ask("document.querySelector('details:not([open]) summary').focus()");
    browser.pressEnter();

    assertThat(browser.ask(closed + ".length").asInt()).isEqualTo(before - 1);
  }

  @Test
  void theGalleryShowsTheQueriesThatAreAskedFor() throws Exception {
    open(SampleReport.complete().build(), 1280);
    assertThat(shownQueries()).isEqualTo("blue, green, orange, violet, blue, violet");

    choose("worst");
    assertThat(shownQueries()).isEqualTo("violet");
    choose("classes");
    assertThat(shownQueries()).isEqualTo("blue, violet");
    choose("all");
    enter("BLUE");
    assertThat(shownQueries()).isEqualTo("blue, blue");
    enter("");
    browser.ask("document.querySelector('[name=wrong]').click()");
    assertThat(shownQueries()).isEqualTo("violet, violet");
    assertThat(browser.ask("document.querySelector('.shown').textContent").asText())
        .isEqualTo("2 of 6 queries");
    enter("no such class");
    assertThat(shownQueries()).isEmpty();
    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
  }

  @Test
  void theGalleryIsFilteredWithTheKeyboard() throws Exception {
    open(SampleReport.complete().build(), 1280);

    browser.ask("document.querySelector('[name=class]').focus()");
    browser.type("orange");

    assertThat(shownQueries()).isEqualTo("orange");
  }

  private static void choose(String group) throws Exception {
    browser.ask("document.querySelector('[name=group][value=%s]').click()".formatted(group));
  }

  private static void enter(String text) throws Exception {
    browser.ask(
        """
        (() => {
          const field = document.querySelector('[name=class]');
          field.value = '%s';
          field.dispatchEvent(new Event('input', {bubbles: true}));
        })()
        """
            .formatted(text));
  }

  /** The first word of the class of each query that is to be seen. */
  private static String shownQueries() throws Exception {
    return browser
        .ask(
            """
            [...document.querySelectorAll('.query')].filter(q => q.checkVisibility())
              .map(q => q.querySelector('.asked .class').textContent.split(' ')[0]).join(', ')
            """)
        .asText();
  }

  @Test
  void runsNothingThatNamesAndPathsSayItShould() throws Exception {
    open(HostileReport.report(), 1280);

    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
    assertThat(browser.ask("document.scripts.length").asInt()).isOne(); // the gallery's own
    assertThat(browser.ask("document.querySelector('h1').textContent").asText())
        .contains("<script>alert(1)</script>");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void canBeReadInLightAndDark(int width, String scheme) throws Exception {
    browser.prefer(scheme);
    open(SampleReport.complete().build(), width);
    Files.write(SHOTS.resolve("report-%d-%s.png".formatted(width, scheme)), browser.screenshot());

    assertThat(new BrowsedPage(browser).lowContrast()).isEmpty();
    browser.prefer("light");
  }

  private static void open(Report report, int width) throws Exception {
    open(ReportPage.html(report), width);
  }

  private static void open(String page, int width) throws Exception {
    Path file = Files.writeString(folder.resolve("report.html"), page);
    URI address = file.toUri();
    browser.open(address, width, 900);
  }
}
