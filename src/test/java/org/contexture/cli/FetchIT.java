package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching by the program itself, from a real server, with what can come between. */
class FetchIT {
  private static final Path ARCHIVES = Path.of("src/test/resources/org/contexture/benchmark/mini");
  private static final String ARCHIVE = "CUB_200_2011.tgz";
  private static final int FIRST_BYTES = 100_000;

  @TempDir Path directory;

  private FolderServer server;
  private Path store;
  private String sha256;

  @BeforeEach
  void serve() throws IOException {
    server = new FolderServer(ARCHIVES);
    store = directory.resolve("store");
    sha256 = DigestUtils.sha256Hex(Files.readAllBytes(ARCHIVES.resolve(ARCHIVE)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String[] fetch(String mirror, String expected) throws IOException {
    Path checksums =
        Files.writeString(directory.resolve("SHA256SUMS"), expected + "  " + ARCHIVE + "\n");
    return new String[] {
      "run",
      "pipelines/cub-256-hybrid.yaml",
      "--until",
      "fetch",
      "--store",
      store.toString(),
      "--set",
      "fetch.mirror=" + mirror,
      "--set",
      "fetch.checksums=" + checksums
    };
  }

  private long partBytes() {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(ARCHIVE + ".part")) {
          return Files.size(file);
        }
      }
    } catch (IOException | UncheckedIOException notYet) {
      return 0;
    }
    return 0;
  }

  @Test
  void aKilledDownloadGoesOnWhereItWas() throws Exception {
    server.stopAfter(FIRST_BYTES);
    String[] command = fetch(server.address(), sha256);
    try (Child child = Child.start(directory.resolve("killed.out"), command)) {
      assertThat(child.reaches(() -> partBytes() == FIRST_BYTES)).as(child.output()).isTrue();
      child.kill();
    }
    assertThat(leases()).as("files that one process alone may write").hasSize(1);
    server.stopAfter(Long.MAX_VALUE);

    Outcome outcome = Outcome.of(command);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(server.ranges()).containsExactly("bytes=%d-".formatted(FIRST_BYTES));
    assertThat(archives()).singleElement().satisfies(this::assertWhole);
    assertThat(Outcome.of("datasets", "verify", "--store", store.toString()).out())
        .contains("1 of 1 datasets are whole.");
    assertThat(new StoreFiles(store).strangers()).isEmpty();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.endsWith(ARCHIVE)).toList();
    }
  }

  private List<Path> leases() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.getParent().endsWith("leases")).toList();
    }
  }

  private void assertWhole(Path archive) {
    assertThat(archive).hasSameBinaryContentAs(ARCHIVES.resolve(ARCHIVE));
  }

  @Test
  void whatIsFetchedIsFetchedOnceWhereverItIs() throws Exception {
    assertThat(Outcome.of(fetch(server.address(), sha256)).code()).isZero();
    server.close();

    Outcome again = Outcome.of(fetch(server.address(), sha256));
    Outcome folder = Outcome.of(fetch(ARCHIVES.toString(), sha256));

    assertThat(again.out()).contains("fetch", "reused 1 records");
    assertThat(folder.out()).contains("fetch", "reused 1 records");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anotherFileThanTheExpectedOneStopsTheRunWithASentence() throws Exception {
    Outcome outcome = Outcome.of(fetch(server.address(), "0".repeat(64)));

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.err())
        .contains(
            ARCHIVE + " cannot be fetched",
            "has another file of that name: its SHA-256 is " + sha256 + " instead of 0000",
            "put it into a folder that fetch.mirror names");
    assertThat(archives()).isEmpty();
  }

  @Test
  void aFileThatIsNowhereStopsTheRunWithASentence() throws Exception {
    Outcome outcome = Outcome.of(fetch(server.address() + "/elsewhere", sha256));

    assertThat(outcome.err()).contains("answers with status 404");
  }
}
