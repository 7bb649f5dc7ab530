package org.contexture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.contexture.fetch.HostileServer.answer;
import static org.contexture.fetch.HostileServer.stalling;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {
  private static final int LENGTH = 300_000;
  private static final Duration STALL = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final byte[] content = new byte[LENGTH];
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<Long> progress = new CopyOnWriteArrayList<>();
  private HostileServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    server = new HostileServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private HostileServer.Script whole() {
    return answer("200 OK", List.of("Content-Length: " + LENGTH, "ETag: \"one\""), content);
  }

  /** The first bytes of an answer that says it has all, and its end once the client has them. */
  private HostileServer.Script cutAfter(int bytes) {
    HostileServer.Script first =
        answer(
            "200 OK",
            List.of("Content-Length: " + LENGTH, "ETag: \"one\""),
            Arrays.copyOf(content, bytes));
    return untilHere(bytes, first);
  }

  /** The connection stays open after a script until the client has so many bytes of the file. */
  private HostileServer.Script untilHere(long bytes, HostileServer.Script script) {
    return (request, out) -> {
      int before = progress.size();
      script.answer(request, out);
      while (!progress.subList(before, progress.size()).contains(bytes)) {
        Thread.sleep(1);
      }
    };
  }

  /** All of the file, but not that this was all. */
  private HostileServer.Script wholeWithoutEnd() {
    HostileServer.Script head =
        answer("200 OK", List.of("Transfer-Encoding: chunked"), new byte[0]);
    return untilHere(
        LENGTH,
        (request, out) -> {
          head.answer(request, out);
          out.write((Integer.toHexString(LENGTH) + "\r\n").getBytes(StandardCharsets.US_ASCII));
          out.write(content);
        });
  }

  private HostileServer.Script rest(int from, byte[] of) {
    return answer(
        "206 Partial Content",
        List.of(
            "Content-Length: " + (LENGTH - from),
            "Content-Range: bytes %d-%d/%d".formatted(from, LENGTH - 1, LENGTH),
            "ETag: \"one\""),
        Arrays.copyOfRange(of, from, LENGTH));
  }

  private HostileServer.Script whatIsAskedFor() {
    return (request, out) -> {
      String range = request.getOrDefault("range", "bytes=0-");
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      (from == 0 ? whole() : rest(from, content)).answer(request, out);
    };
  }

  private static HostileServer.Script status(String status, String... headers) {
    return answer(
        status,
        Stream.concat(Stream.of("Content-Length: 0"), Stream.of(headers)).toList(),
        new byte[0]);
  }

  private RemoteFile file(URI... sources) {
    return new RemoteFile(
        "birds.tgz", List.of(sources), Checksum.md5(DigestUtils.md5Hex(content)), LENGTH);
  }

  private RemoteFile fileOfUnknownLength() {
    return new RemoteFile(
        "birds.tgz",
        List.of(server.address("birds.tgz")),
        Checksum.sha256(DigestUtils.sha256Hex(content)),
        RemoteFile.UNKNOWN_LENGTH);
  }

  private Fetched fetch(RemoteFile file) throws IOException, InterruptedException {
    return fetch(file, STALL);
  }

  private Fetched fetch(RemoteFile file, Duration stall) throws IOException, InterruptedException {
    Patience patience =
        new Patience(STALL, STALL, stall, 3, Duration.ofSeconds(1), Duration.ofSeconds(30));
    return new Fetcher(patience, pauses::add)
        .fetch(
            file,
            directory,
            new FetchListener() {
              @Override
              public void progress(long done, long total) {
                progress.add(done);
              }

              @Override
              public void trouble(String message) {
                troubles.add(message);
              }
            });
  }

  private void assertFetched(Fetched fetched) throws IOException {
    assertThat(fetched.path()).isEqualTo(directory.resolve("birds.tgz")).hasBinaryContent(content);
    assertThat(fetched.bytes()).isEqualTo(LENGTH);
    assertThat(fetched.sha256()).isEqualTo(Checksum.sha256(DigestUtils.sha256Hex(content)));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(fetched.path());
    }
  }

  @Test
  void aFileComesAsAWhole() throws Exception {
    server.then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(progress).isSorted().endsWith((long) LENGTH);
    assertThat(troubles).isEmpty();
    assertThat(server.requests())
        .singleElement()
        .extracting(request -> request.get(HostileServer.REQUEST_LINE))
        .isEqualTo("GET /birds.tgz HTTP/1.1");
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
    server.then(cutAfter(100_000)).then(rest(100_000, content));

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(server.requests().get(1))
        .containsEntry("range", "bytes=100000-")
        .containsEntry("if-range", "\"one\"");
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(troubles).singleElement().asString().contains("asked again in 1 s");
  }

  @Test
  void anotherProcessGoesOnWhereThisOneStopped() throws Exception {
    server.then(cutAfter(100_000)).then(status("404 Not Found"));
    assertThatThrownBy(() -> fetch(file(server.address("birds.tgz"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("birds.tgz cannot be fetched")
        .hasMessageContaining("answers with status 404")
        .hasMessageContaining("is kept");

    server.then(rest(100_000, content));
    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(server.requests().get(2)).containsEntry("range", "bytes=100000-");
  }

  @Test
  void aPartThatIsWholeIsFinishedWithoutAskingThoughItsLengthIsUnknown() throws Exception {
    Files.write(directory.resolve("birds.tgz.part"), content);

    assertFetched(fetch(fileOfUnknownLength()));
    assertThat(server.requests()).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void aConnectionThatBreaksAfterTheLastByteOfAnUnknownLengthHasBroughtTheFile() throws Exception {
    server.then(wholeWithoutEnd());

    assertFetched(fetch(fileOfUnknownLength()));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatAnotherProcessHasWrittenToIsNotTaken() throws Exception {
    server.then(whole()).then(whole());
    Path part = directory.resolve("birds.tgz.part");
    FetchListener other =
        new FetchListener() {
          @Override
          public void progress(long done, long total) throws IOException {
            Files.writeString(part, "x", StandardOpenOption.APPEND);
          }

          @Override
          public void trouble(String message) {}
        };
    RemoteFile file = file(server.address("birds.tgz"));
    Patience patience = new Patience(STALL, STALL, STALL, 3, STALL, STALL);

    assertThatThrownBy(() -> new Fetcher(patience).fetch(file, directory, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another process has written to it");
    assertFetched(fetch(file));
  }

  @Test
  void aServerThatStallsIsLeftAndAskedAgain() throws Exception {
    server.then(stalling(cutAfter(50_000))).then(whatIsAskedFor());

    assertFetched(fetch(file(server.address("birds.tgz")), Duration.ofSeconds(1)));
    assertThat(troubles).singleElement().asString().contains("sent nothing for 1000 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "503 Busy", "429 Slow down", "408 Timeout"})
  void aServerInTroubleIsAskedAgain(String status) throws Exception {
    server.then(status(status)).then(status(status)).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void aServerSaysHowLongToWaitButNotForEver() throws Exception {
    server
        .then(status("503 Busy", "Retry-After: 7"))
        .then(status("503 Busy", "Retry-After: 86400"))
        .then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
  }

  @Test
  void patienceEnds() {
    server.then(status("500 Oops")).then(status("500 Oops")).then(status("500 Oops"));

    assertThatThrownBy(() -> fetch(file(server.address("birds.tgz"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answers with status 500");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aServerThatLosesEveryConnectionAtTheSamePlaceIsLeft() {
    for (int i = 0; i < 9; i++) {
      server.then(cutAfter(1000));
    }

    assertThatThrownBy(() -> fetch(file(server.address("birds.tgz"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("broke off");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void theNextSourceIsAskedWhenOneHasNothing() throws Exception {
    server.then(status("404 Not Found")).then(whole());

    Fetched fetched = fetch(file(server.address("dead"), server.address("alive")));

    assertFetched(fetched);
    assertThat(fetched.source()).isEqualTo(server.address("alive"));
    assertThat(troubles)
        .containsExactly(server.address("dead") + " is left: it answers with status 404.");
  }

  @Test
  void theNextSourceGoesOnWhereOneEnded() throws Exception {
    server.then(cutAfter(200_000)).then(status("410 Gone")).then(rest(200_000, content));

    assertFetched(fetch(file(server.address("dead"), server.address("alive"))));
  }

  @Test
  void otherBytesOnResumeAreFoundAndFetchedAsAWhole() throws Exception {
    byte[] other = content.clone();
    other[LENGTH - 1]++;
    server.then(cutAfter(100_000)).then(rest(100_000, other)).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(troubles).anyMatch(trouble -> trouble.contains("do not fit together"));
    assertThat(server.requests().get(2)).doesNotContainKey("range");
  }

  @Test
  void anotherVersionOnResumeComesAsAWhole() throws Exception {
    server.then(cutAfter(100_000)).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
  }

  @Test
  void anotherRangeThanAskedForIsNotTaken() throws Exception {
    server.then(cutAfter(100_000)).then(rest(200_000, content)).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(troubles)
        .anyMatch(
            trouble ->
                trouble.contains("was asked for what follows byte 100000 and sent 'bytes 200000-"));
  }

  @Test
  void aServerThatHasLessThanIsHereIsAskedForAll() throws Exception {
    server.then(cutAfter(100_000)).then(status("416 Range Not Satisfiable")).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
  }

  @Test
  void aLengthThatIsNotThePublishedOneIsRefusedBeforeItComes() {
    server.then(answer("200 OK", List.of("Content-Length: 5"), new byte[5]));

    assertThatThrownBy(() -> fetch(file(server.address("birds.tgz"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has another file of that name: of 5 bytes instead of 300000");
  }

  @Test
  void aPageInPlaceOfTheRestLosesNothing() throws Exception {
    server
        .then(cutAfter(200_000))
        .then(answer("200 OK", List.of("Content-Length: 5"), new byte[5]))
        .then(rest(200_000, content));

    assertFetched(fetch(file(server.address("dead"), server.address("alive"))));
    assertThat(server.requests().get(2)).containsEntry("range", "bytes=200000-");
  }

  @Test
  void aPageInPlaceOfTheFileIsNotTheFile() {
    byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
    server.then(answer("200 OK", List.of("Content-Length: " + page.length), page));

    assertThatThrownBy(() -> fetch(fileOfUnknownLength()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has another file of that name: its SHA-256 is");
    assertThat(directory.resolve("birds.tgz")).doesNotExist();
  }

  @Test
  void aServerThatNeverEndsIsStoppedAtThePublishedLength() {
    server.then(
        (request, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write(content);
          }
        });

    assertThatThrownBy(() -> fetch(file(server.address("birds.tgz"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sends more than 300000 bytes");
  }

  @Test
  void moreThanItSaidIsNotRead() throws Exception {
    byte[] longer = Arrays.copyOf(content, LENGTH + 1000);
    server.then(answer("200 OK", List.of("Content-Length: " + LENGTH), longer));

    assertFetched(fetch(file(server.address("birds.tgz"))));
  }

  @Test
  void aLengthThatNoDiskHasIsRefused() {
    server.then(
        answer("200 OK", List.of("Content-Length: " + (Long.MAX_VALUE >> 4)), new byte[10]));

    assertThatThrownBy(() -> fetch(fileOfUnknownLength()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("PiB more on the disk of")
        .hasMessageContaining("Free some space");
  }

  @Test
  void nobodyAtHomeIsSaid() throws Exception {
    URI address = server.address("birds.tgz");
    server.close();

    assertThatThrownBy(() -> fetch(file(address)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("does not answer")
        .hasMessageContaining("ConnectException");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    server.then(status("302 Found", "Location: " + server.address("elsewhere"))).then(whole());

    assertFetched(fetch(file(server.address("birds.tgz"))));
  }

  @Test
  void aFileOfAFolderIsTakenAndStaysThere(@TempDir Path folder) throws Exception {
    Path original = Files.write(folder.resolve("birds.tgz"), content);

    assertFetched(fetch(file(original.toUri())));
    assertThat(original).hasBinaryContent(content);
    assertThat(progress).endsWith((long) LENGTH);
  }

  @Test
  void aFileOfAFolderHasToBeThereAndTheRightOne(@TempDir Path folder) throws Exception {
    Path original = folder.resolve("birds.tgz");
    assertThatThrownBy(() -> fetch(file(original.toUri())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("birds.tgz is not there");

    Files.write(original, new byte[3]);
    assertThatThrownBy(() -> fetch(file(original.toUri())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has another file of that name: its MD5 is");
  }

  @Test
  void whatAFolderDoesNotHaveComesFromTheNextSource(@TempDir Path folder) throws Exception {
    URI original = folder.resolve("birds.tgz").toUri();
    server.then(whole());

    Fetched fetched = fetch(file(original, server.address("birds.tgz")));

    assertFetched(fetched);
    assertThat(fetched.source()).isEqualTo(server.address("birds.tgz"));
    assertThat(troubles).containsExactly(original + " is left: it is not there.");
  }

  @Test
  void whatIsHereWholeIsNotFetchedAgain() throws Exception {
    Files.write(directory.resolve("birds.tgz"), content);
    assertFetched(fetch(file(server.address("birds.tgz"))));
    assertThat(server.requests()).isEmpty();

    Files.write(directory.resolve("birds.tgz"), new byte[3]);
    server.then(whole());
    assertFetched(fetch(file(server.address("birds.tgz"))));
  }
}
