package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageEncoder;
import org.contexture.image.ImageException;
import org.contexture.image.RgbImage;
import org.contexture.search.SearchServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that asks for pictures, as a browser has it. Screenshots stay in target/report. */
class SearchBrowserIT {
  private static final Path SHOTS = Path.of("target", "report");
  private static final int FOUND = 10;

  /** Hands a file with these bytes to the page in one of the ways that a person does. */
  private static final String GIVE =
      """
      (async () => {
        const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
        const given = new DataTransfer();
        given.items.add(new File([bytes], '%s'));
        %s
        const answer = document.getElementById('answer');
        const progress = document.getElementById('progress');
        for (let i = 0; i < 500; i++) {
          await new Promise(resolve => setTimeout(resolve, 20));
          if (answer.querySelector('.query') || progress.className) break;
        }
        await Promise.all([...document.images].map(image => image.decode()));
        return progress.textContent;
      })()
      """;

  private static final String CHOSEN =
      "const input = document.getElementById('picture'); input.files = given.files;"
          + " input.dispatchEvent(new Event('change'));";
  private static final String DROPPED =
      "document.getElementById('drop').dispatchEvent(new DragEvent('drop',"
          + " {dataTransfer: given, bubbles: true, cancelable: true}));";
  private static final String PASTED =
      "document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: given}));";

  @TempDir static Path folder;
  private static HeadlessBrowser browser;
  private static SearchServer server;

  @BeforeAll
  static void startBrowser() throws Exception {
    assumeTrue(
        HeadlessBrowser.program().isPresent(),
        "no Chromium on the PATH: the page was not looked at in a browser");
    browser = HeadlessBrowser.start(HeadlessBrowser.program().get(), folder.resolve("profile"));
    Files.createDirectories(SHOTS);
    server =
        SearchServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "127.0.0.1",
            new SearchPlace("embed/0123456789abcdef", "models/emoji.safetensors"),
            SearchBrowserIT::found,
            defect -> {
              throw defect;
            });
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    if (browser != null) {
      server.close();
      browser.close();
    }
  }

  private static SearchedQuery found(byte[] encoded) throws ImageException {
    new ImageDecoder().decode(encoded);
    return new SearchedQuery(
        Picture.of(encoded),
        "your picture",
        IntStream.range(0, FOUND)
            .mapToObj(
                rank ->
                    new SearchedImage(
                        Picture.of(encoded),
                        "<script>alert(1)</script> smiling face with a long name " + rank,
                        "folder/of-a-project/with/a/long/path/emoji_u1f60%d.png".formatted(rank),
                        1 - 0.05 * rank))
            .toList());
  }

  private static byte[] picture() {
    byte[] samples = new byte[3 * 64 * 64];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i % 3 == 0 ? 200 : i / 64);
    }
    return ImageEncoder.png(RgbImage.of(64, 64, samples));
  }

  private static String give(byte[] bytes, String name, String way) throws Exception {
    return browser
        .ask(GIVE.formatted(Base64.getEncoder().encodeToString(bytes), name, way))
        .asText();
  }

  @Test
  void whatIsNearestIsShownHoweverAPictureIsGiven() throws Exception {
    browser.open(URI.create(server.address()), 1280, 900);

    for (String way : List.of(CHOSEN, DROPPED, PASTED)) {
      browser.ask("document.getElementById('answer').replaceChildren()");

      assertThat(give(picture(), "grin.png", way)).isEqualTo("Nearest to grin.png:");
      assertThat(browser.ask("document.querySelectorAll('.neighbours li').length").asInt())
          .isEqualTo(FOUND);
      assertThat(
              browser.ask("[...document.images].filter(i => i.naturalWidth === 64).length").asInt())
          .isEqualTo(FOUND + 1);
    }
    assertThat(browser.ask("document.scripts.length").asInt()).isEqualTo(1);
    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
    assertThat(browser.events("Network.requestWillBeSent"))
        .extracting(event -> event.path("request").path("url").asText())
        .filteredOn(address -> !address.startsWith("data:"))
        .allMatch(address -> address.startsWith(server.address()));
  }

  @Test
  void aRefusalIsASentenceOnThePage() throws Exception {
    browser.open(URI.create(server.address()), 1280, 900);

    assertThat(give("text".getBytes(StandardCharsets.UTF_8), "no.png", DROPPED))
        .contains("neither PNG nor JPEG");
    assertThat(browser.ask("document.querySelector('.query')").isNull()).isTrue();
    assertThat(give(new byte[0], "empty.png", DROPPED)).contains("The picture is empty");
    assertThat(give(picture(), "fine.png", CHOSEN)).isEqualTo("Nearest to fine.png:");
  }

  @Test
  void whatIsTooLargeIsNotSent() throws Exception {
    browser.open(URI.create(server.address()), 1280, 900);
    String large =
        """
        (() => {
          const given = new DataTransfer();
          given.items.add(new File([new Uint8Array(%d)], 'large.png'));
          %s
          return document.getElementById('progress').textContent;
        })()
        """
            .formatted(SearchServer.LARGEST_BYTES + 1, DROPPED);

    assertThat(browser.ask(large).asText())
        .isEqualTo("large.png is too large: at most 20 MiB are taken.");
    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
  }

  @Test
  void theChoiceOfAFileIsForTheKeyboardToo() throws Exception {
    browser.open(URI.create(server.address()), 1280, 900);
    browser.ask("document.getElementById('picture').focus()");

    assertThat(browser.ask("document.activeElement.id").asText()).isEqualTo("picture");
    assertThat(browser.ask("document.querySelector('label[for=picture]').control.id").asText())
        .isEqualTo("picture");
    assertThat(browser.ask("document.getElementById('picture').tabIndex").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void canBeReadInLightAndDarkAndIsNoWiderThanItsWindow(int width, String scheme) throws Exception {
    browser.prefer(scheme);
    browser.open(URI.create(server.address()), width, 900);
    give(picture(), "grin.png", CHOSEN);
    Files.write(SHOTS.resolve("search-%d-%s.png".formatted(width, scheme)), browser.screenshot());

    assertThat(new BrowsedPage(browser).lowContrast()).isEmpty();
    new BrowsedPage(browser).openDetails();
    assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(new BrowsedPage(browser).tooWide(width)).isEmpty();
    browser.prefer("light");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "390, dark"})
  void theFileOfASearchNeedsNothingElse(int width, String scheme) throws Exception {
    browser.prefer(scheme);
    String page =
        SearchPage.html(
            new SearchPlace("embed/0123456789abcdef", "models/emoji.safetensors"),
            List.of(found(picture()), found(picture())),
            List.of("broken.png: The picture is empty: it has no bytes."));
    Path file = Files.writeString(folder.resolve("search.html"), page);
    browser.open(file.toUri(), width, 900);
    Files.write(
        SHOTS.resolve("search-file-%d-%s.png".formatted(width, scheme)), browser.screenshot());

    assertThat(new BrowsedPage(browser).complaints()).isEmpty();
    assertThat(browser.ask("document.scripts.length").asInt()).isZero();
    assertThat(new BrowsedPage(browser).lowContrast()).isEmpty();
    assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    browser.prefer("light");
  }
}
