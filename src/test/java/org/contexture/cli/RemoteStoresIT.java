package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores on servers have the bytes of a local one. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteStoresIT {
  private static final Pattern CONTENT =
      Pattern.compile("([a-z.-]+/[0-9a-f]{16}/)[0-9a-f]{16}/([^/]+)");

  private static final Pattern PROGRESS =
      Pattern.compile("/train/[0-9a-f]{16}\\.staging/progress/[^/]+\\.avro$");

  /** Four training classes, two in a batch; the state is kept after each epoch. */
  private static final long STEPS_PER_EPOCH = 2;

  @TempDir static Path directory;
  private SmallExperiment experiment;
  private SortedMap<String, String> expected;

  @BeforeAll
  void runLocally() throws IOException {
    experiment = SmallExperiment.in(directory);
    Path local = directory.resolve("local");
    Outcome outcome = Outcome.of(experiment.run(local, "--until", "pretrain"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    expected = new StoreFiles(local).digests();
    assertThat(expected.keySet()).anyMatch(name -> name.startsWith("train/"));
  }

  /** SHA-256 of what lies below a store, or below its copies, by the name it has in a local one. */
  private static SortedMap<String, String> contents(Path root) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher content = CONTENT.matcher(root.relativize(file).toString());
        if (content.matches() && !content.group(1).startsWith("train.timings/")) {
          contents.put(
              content.group(1) + content.group(2),
              new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file));
        }
      }
    }
    return contents;
  }

  private String[] run(String store, String machine, String stage) {
    Path copies = directory.resolve(machine);
    return experiment.run(store, directory, "--cache", copies.toString(), "--until", stage);
  }

  @Test
  void aRunOnS3ThatIsKilledGoesOnOnAnotherMachine() throws Exception {
    Path served = directory.resolve("s3");
    Path bucket = served.resolve("bucket/stores/small");
    try (StoreServer server = StoreServer.s3(served)) {
      String store = server.root() + "/small";
      try (Child killed =
          server.run(directory.resolve("killed.out"), run(store, "first", "pretrain"))) {
        assertThat(killed.reaches(() -> has(bucket, ".*/kept/training\\.state")))
            .as(killed.output())
            .isTrue();
        killed.kill();
      }
      Files.deleteIfExists(progress(bucket).orElseThrow());
      assertThat(has(bucket, "train/[0-9a-f]{16}/manifest\\.json")).isFalse();
      try (Child second =
          server.run(directory.resolve("second.out"), run(store, "second", "pretrain"))) {
        assertThat(second.reaches(() -> step(bucket).isPresent())).as(second.output()).isTrue();
        assertThat(step(bucket).orElseThrow())
            .as("the step it says first, after those of the state that was kept")
            .isGreaterThan(STEPS_PER_EPOCH);
        assertThat(second.waitFor()).as(second.output()).isZero();
        assertThat(second.output()).containsPattern("shard +reused 60 records");
      }
      assertThat(contents(bucket)).isEqualTo(expected);
      assertThat(has(bucket, ".*\\.(lock|staging)(/.*)?")).isFalse();
      assertVerified(server, store, 4 + 1 + 3);
    }
  }

  /** The file in which the training says how far it is. */
  private static Optional<Path> progress(Path bucket) {
    try (Stream<Path> files = Files.walk(bucket)) {
      return files.filter(file -> PROGRESS.matcher(file.toString()).find()).findFirst();
    } catch (IOException | UncheckedIOException notYet) {
      return Optional.empty();
    }
  }

  /** The step that the training is at, if it has said so. */
  private static Optional<Long> step(Path bucket) {
    return progress(bucket)
        .flatMap(
            file -> {
              try {
                return Optional.of(Long.parseLong(Files.readString(file).split(" ", 2)[0]));
              } catch (IOException | NumberFormatException beingWritten) {
                return Optional.empty();
              }
            });
  }

  @Test
  void aRunOnHdfsHasTheSameBytes() throws Exception {
    try (StoreServer server = StoreServer.hdfs(directory.resolve("hdfs"))) {
      String store = server.root() + "/small";
      try (Child run = server.run(directory.resolve("hdfs.out"), run(store, "third", "shard"))) {
        assertThat(run.waitFor()).as(run.output()).isZero();
      }
      SortedMap<String, String> made = new TreeMap<>();
      try (Stream<Path> stores = Files.list(directory.resolve("third"))) {
        for (Path copies : stores.toList()) {
          made.putAll(contents(copies));
        }
      }
      assertThat(made).isNotEmpty();
      assertThat(expected).containsAllEntriesOf(made);
      assertVerified(server, store, 3);
    }
  }

  private static boolean has(Path root, String name) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.anyMatch(file -> root.relativize(file).toString().matches(name));
    } catch (IOException | UncheckedIOException notYet) {
      return false;
    }
  }

  private static void assertVerified(StoreServer server, String store, int datasets)
      throws Exception {
    String copies = directory.resolve("none").toString();
    try (Child verified =
        server.run(
            directory.resolve("verified.out"),
            "datasets",
            "verify",
            "--store",
            store,
            "--cache",
            copies)) {
      assertThat(verified.waitFor()).as(verified.output()).isZero();
      assertThat(verified.output())
          .contains("%1$d of %1$d datasets are whole.".formatted(datasets));
    }
  }
}
