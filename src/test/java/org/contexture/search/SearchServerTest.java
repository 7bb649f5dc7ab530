package org.contexture.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageEncoder;
import org.contexture.image.ImageException;
import org.contexture.image.ImageLimits;
import org.contexture.image.RgbImage;
import org.contexture.report.Picture;
import org.contexture.report.SearchPlace;
import org.contexture.report.SearchedImage;
import org.contexture.report.SearchedQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's server, asked over loopback. */
class SearchServerTest {
  private static final int SIDE = 8;

  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
  private final List<RuntimeException> defects = new ArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private PictureSearch search = SearchServerTest::found;
  private SearchServer server;

  @BeforeEach
  void start() throws IOException {
    start("127.0.0.1");
  }

  private void start(String host) throws IOException {
    server =
        SearchServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            host,
            new SearchPlace("embed/0123", "models/<small>.safetensors"),
            encoded -> search.find(encoded),
            defects::add);
  }

  @AfterEach
  void stop() {
    held.countDown();
    server.close();
  }

  /** Two images, of which one has a name that means something to HTML. */
  private static SearchedQuery found(byte[] encoded) throws ImageException {
    new ImageDecoder(new ImageLimits(1 << 10, SIDE * SIDE)).decode(encoded);
    return new SearchedQuery(
        Picture.of(encoded),
        "your picture",
        List.of(
            new SearchedImage(Picture.of(encoded), "first class", "a/1.png", 0.987),
            new SearchedImage(Picture.of(encoded), "<b>second</b>", "a/2.png", 0.5)));
  }

  private static byte[] picture(int side) {
    return ImageEncoder.png(RgbImage.of(side, side, new byte[3 * side * side]));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.address()).resolve(path));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return answer(to("/neighbours").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Test
  void thePageIsSentWithItsPolicyAndNoStoreKeepsIt() throws Exception {
    HttpResponse<String> page = answer(to("/"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("embed/0123", "models/&lt;small&gt;.safetensors", "data-largest=\"20971520\"");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'sha256-", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry("referrer-policy", List.of("no-referrer"));
  }

  @Test
  void aPictureIsAnsweredByWhatIsNearest() throws Exception {
    HttpResponse<String> found = post(picture(SIDE));

    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body())
        .contains("first class", "0.99", "a/2.png", "&lt;b&gt;second", "data:image/png;base64,")
        .doesNotContain("<b>");
    assertThat(found.headers().map())
        .containsEntry("content-type", List.of("text/html; charset=utf-8"))
        .containsEntry(
            "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"));
  }

  @Test
  void whatIsNoPictureIsRefusedWithTheReason() throws Exception {
    HttpResponse<String> text = post("hello".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> nothing = post(new byte[0]);
    HttpResponse<String> large = post(picture(SIDE + 1));

    assertThat(text.statusCode()).isEqualTo(422);
    assertThat(text.body()).contains("neither PNG nor JPEG");
    assertThat(nothing.statusCode()).isEqualTo(422);
    assertThat(nothing.body()).contains("empty");
    assertThat(large.statusCode()).isEqualTo(422);
    assertThat(large.body()).contains("9 x 9 pixels, and at most 64 in all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/neighbours"})
  void anotherMethodIsRefused(String path) throws Exception {
    HttpResponse<String> refused =
        answer(to(path).method("PUT", HttpRequest.BodyPublishers.noBody()));

    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).isPresent();
    assertThat(answer(to("/neighbours")).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/index.html", "/neighbours/", "/%2e%2e/etc/passwd"})
  void nothingElseIsThere(String path) throws Exception {
    String address = server.address();
    HttpResponse<String> refused =
        answer(
            HttpRequest.newBuilder(URI.create(address.substring(0, address.length() - 1) + path)));

    assertThat(refused.statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1"})
  void pagesOfOtherSitesAreNotAnswered(String origin) throws Exception {
    HttpResponse<String> refused =
        answer(
            to("/neighbours")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture(SIDE))));

    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void itsOwnPageIsAnswered() throws Exception {
    String address = server.address();
    HttpResponse<String> found =
        answer(
            to("/neighbours")
                .header("Origin", address.substring(0, address.length() - 1))
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture(SIDE))));

    assertThat(found.statusCode()).isEqualTo(200);
  }

  @Test
  void onlyItsOwnNamesAreAnsweredTo() throws Exception {
    int port = URI.create(server.address()).getPort();

    for (String host : List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port)) {
      assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).as(host).contains(" 200 ");
    }
    for (String host :
        List.of("evil.example:" + port, "localhost", "127.0.0.1.evil.example:" + port, "")) {
      assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).as(host).contains(" 403 ");
    }
    assertThat(raw("GET / HTTP/1.1\r\n\r\n")).contains(" 403 ");
  }

  /** Browsers write names in lower case, and addresses as short as they can be. */
  @ParameterizedTest
  @CsvSource({
    "MyHost,           myhost,           200",
    "MyHost,           MYHOST,           200",
    "MyHost,           LOCALHOST,        200",
    "MyHost,           myhost.example,   403",
    "2001:db8:0:0::1,  [2001:db8::1],    200",
    "2001:DB8::1,      [2001:db8::0:1],  200",
    "2001:db8::1,      [2001:db8::2],    403",
    "2001:db8::1,      [evil.example],   403",
    "2001:db8::1,      [2001:db8::1,     403",
    "2001:db8::1,      2001:db8::1],     403",
    "127.0.0.1,        [0:0:0:0:0:0:0:1],200",
    "127.0.0.1,        [localhost],      403",
  })
  void aNameIsItsOwnHoweverItIsWritten(String given, String asked, String status) throws Exception {
    server.close();
    start(given);
    int port = URI.create(server.address()).getPort();
    String host = asked + ":" + port;

    assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).contains(" " + status + " ");
    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\n\r\n"
                    .formatted(host, host.toLowerCase(Locale.ROOT))))
        .contains(" " + status + " ");
  }

  @Test
  void whatIsTooLargeIsReadNoFurther() throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /neighbours HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n\r\n"
              .formatted(socket.getPort(), 1L << 40)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[SearchServer.LARGEST_BYTES + 1]);
      out.flush();

      assertThat(statusLine(socket)).contains(" 413 ");
    }
    assertThat(post(picture(SIDE)).statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverComesWhileTooManyWaitIsToldToComeAgain() throws Exception {
    search =
        encoded -> {
          begun.countDown();
          try {
            held.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return found(encoded);
        };
    byte[] picture = picture(SIDE);
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < 6; i++) {
      waiting.add(
          client.sendAsync(
              to("/neighbours").POST(HttpRequest.BodyPublishers.ofByteArray(picture)).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    while (refused < 2) {
      refused = (int) waiting.stream().filter(CompletableFuture::isDone).count();
      Thread.sleep(10);
    }
    held.countDown();

    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      statuses.add(one.get(1, TimeUnit.MINUTES).statusCode());
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 200, 503, 503);
    assertThat(post(picture).statusCode()).isEqualTo(200);
  }

  @Test
  void aDefectIsToldToTheTerminalAndNotToThePage() throws Exception {
    search =
        encoded -> {
          throw new IllegalStateException("a secret of the machine");
        };

    HttpResponse<String> failed = post(picture(SIDE));

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("secret");
    assertThat(defects)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("secret"));
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** The first line of what a server answers to these characters. */
  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return statusLine(socket);
    }
  }

  private static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }
}
