package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

    assertThat(complaints()).isEmpty();
  }

  @Test
  void hearsComplaintsWhereThereAreSome() throws Exception {
    String page =
        ReportPage.html(SampleReport.complete().build())
            .replace("</body>", "<script>console.log(1)</script></body>");
    open(page, 1280);

    assertThat(complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
  }

  @Test
  void showsEveryPicture() throws Exception {
    open(SampleReport.complete().build(), 1280);

    assertThat(browser.ask("document.images.length").asInt()).isEqualTo(4 * 11 + 7);
    assertThat(
            browser
                .ask("[...document.images].filter(i => !(i.complete && i.naturalWidth > 0)).length")
                .asInt())
        .isZero();
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
      openDetails();

      assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(browser.ask(TOO_WIDE.formatted(width)).asText()).isEmpty();
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
  void runsNothingThatNamesAndPathsSayItShould() throws Exception {
    open(HostileReport.report(), 1280);

    assertThat(complaints()).isEmpty();
    assertThat(browser.ask("document.scripts.length").asInt()).isZero();
    assertThat(browser.ask("document.querySelector('h1').textContent").asText())
        .contains("<script>alert(1)</script>");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void canBeReadInLightAndDark(int width, String scheme) throws Exception {
    browser.prefer(scheme);
    open(SampleReport.complete().build(), width);
    Files.write(SHOTS.resolve("report-%d-%s.png".formatted(width, scheme)), browser.screenshot());

    assertThat(browser.ask(LOW_CONTRAST)).isEmpty();
    browser.prefer("light");
  }

  /** Names elements that stick out and are in nothing that scrolls by itself. */
  static final String TOO_WIDE =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll') && !e.closest('.skip') && e.getBoundingClientRect().width > 0)
        .filter(e => e.getBoundingClientRect().right > %d + 0.5)
        .map(e => e.tagName + '.' + (e.className.baseVal ?? e.className)).join(' ')
      """;

  /** Names elements with text whose contrast with the paper is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
  static final String LOW_CONTRAST =
      """
      (() => {
        const light = c => {
          const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = e => {
          for (let a = e; a; a = a.parentElement) {
            const c = getComputedStyle(a).backgroundColor;
            if (!c.includes(', 0)')) return c;
          }
          return 'rgb(255, 255, 255)';
        };
        return [...new Set([...document.querySelectorAll('body *')]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .filter(e => e.tagName !== 'title' && e.tagName !== 'desc')
          .map(e => {
            const style = getComputedStyle(e);
            const ink = light(e instanceof SVGElement ? style.fill : style.color);
            const paper = light(behind(e));
            return [e.tagName + '.' + (e.className.baseVal ?? e.className),
                    (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)];
          })
          .filter(([, contrast]) => !(contrast >= 4.5))
          .map(([name, contrast]) => name + ' ' + contrast.toFixed(2)))];
      })()
      """;

  private static List<String> complaints() {
    return Stream.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        .flatMap(kind -> browser.events(kind).stream())
        .map(JsonNode::toString)
        .toList();
  }

  private static void openDetails() throws Exception {
    browser.ask("document.querySelectorAll('details').forEach(d => d.open = true)");
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
