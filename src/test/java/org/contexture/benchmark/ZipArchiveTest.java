package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.contexture.benchmark.HandmadeZip.UTF8_NAMES;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.contexture.benchmark.HandmadeZip.Claim;
import org.contexture.benchmark.HandmadeZip.Name;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("a.zip");
  }

  private static String text(IndexedSource.Contents contents, int entry) throws Exception {
    return new String(contents.read(entry), StandardCharsets.UTF_8);
  }

  /** Asserts that the second of two files is refused, and the first is not. */
  private void assertRefused(String name, byte[] content, Claim claim, String reason)
      throws Exception {
    ZipArchive archive =
        new HandmadeZip().add("good", "good").add(name, content, claim).write(file);
    try (IndexedSource.Contents contents = archive.contents()) {
      assertThat(text(contents, 0)).isEqualTo("good");
      assertThatThrownBy(() -> contents.read(1))
          .isInstanceOf(IndexedSource.UnusableEntryException.class)
          .hasMessage(reason);
    }
  }

  @Test
  void whatTheSystemPutThereIsLeftOut() throws Exception {
    ZipArchive archive =
        new HandmadeZip()
            .add("a/.DS_Store", "")
            .add("__MACOSX/a/._1.png", "")
            .add(".git/config", "")
            .add("./a/1.png", "kept")
            .write(file);

    try (IndexedSource.Contents contents = archive.contents()) {
      assertThat(contents.entries()).containsExactly(new IndexedSource.Entry("./a/1.png", 4));
    }
  }

  @Test
  void filesComeInTheOrderOfTheDirectory() throws Exception {
    ZipArchive archive =
        new HandmadeZip().add("b/é.txt", "second letter").add("a", "").add("b/a", "x").write(file);

    try (IndexedSource.Contents contents = archive.contents()) {
      assertThat(contents.entries())
          .containsExactly(
              new IndexedSource.Entry("b/é.txt", 13),
              new IndexedSource.Entry("a", 0),
              new IndexedSource.Entry("b/a", 1));
      assertThat(text(contents, 0)).isEqualTo("second letter");
      assertThat(text(contents, 1)).isEmpty();
      assertThat(text(contents, 2)).isEqualTo("x");
    }
    assertThat(archive.description()).isEqualTo(file.toString());
  }

  @Test
  void compressedFilesAreReadAndFoldersLeftOut() throws Exception {
    String content = "abc".repeat(1000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("folder/"));
      zip.putNextEntry(new ZipEntry("folder/file"));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, bytes.toByteArray());

    try (IndexedSource.Contents contents = ZipArchive.file(file).contents()) {
      assertThat(contents.entries()).containsExactly(new IndexedSource.Entry("folder/file", 3000));
      assertThat(text(contents, 0)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ../evil,        its path leaves the archive
          a/../../evil,   its path leaves the archive
          a/..,           its path leaves the archive
          /etc/passwd,    its path is absolute
          C:/evil,        its path is absolute
          c:evil,         its path is absolute
          """)
  void aPathThatLeadsElsewhereIsRefused(String path, String reason) throws Exception {
    assertRefused(path, CONTENT, Claim.truthful(CONTENT), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\b", "..\\evil", "a\nb", "a\u0000b", "a\u001b[31m"})
  void aPathOfStrangeCharactersIsRefused(String path) throws Exception {
    assertRefused(
        path, CONTENT, Claim.truthful(CONTENT), "its path has characters that no path should have");
  }

  @Test
  void anEmptyPathIsRefused() throws Exception {
    assertRefused("", CONTENT, Claim.truthful(CONTENT), "its path is empty");
  }

  @Test
  void namesThatAreNotUtf8AreRefusedRatherThanTakenForOneAnother() throws Exception {
    Name acute = Name.unmarked("caf\u00e9/1.png", StandardCharsets.ISO_8859_1);
    Name grave = Name.unmarked("caf\u00e8/1.png", StandardCharsets.ISO_8859_1);
    ZipArchive archive =
        new HandmadeZip()
            .add("caf?/1.png", "good")
            .add(acute, CONTENT, Claim.truthful(CONTENT))
            .add(grave, CONTENT, Claim.truthful(CONTENT))
            .add(acute.withFlag(UTF8_NAMES), CONTENT, Claim.truthful(CONTENT))
            .write(file);

    Unpacked unpacked = Unpacked.of(archive, 1000);

    assertThat(unpacked.paths()).containsExactly("caf?/1.png");
    assertThat(unpacked.text("caf?/1.png")).isEqualTo("good");
    assertThat(unpacked.refused()).hasSize(3).containsOnly("caf?/1.png: its path is not UTF-8");
  }

  @Test
  void namesAreReadWhereTheArchiveDoesNotSayThatTheyAreUtf8() throws Exception {
    ZipArchive archive =
        new HandmadeZip()
            .add(
                Name.unmarked("cafe/1.png", StandardCharsets.US_ASCII),
                CONTENT,
                Claim.truthful(CONTENT))
            .add(
                Name.unmarked("caf\u00e9/1.png", StandardCharsets.UTF_8),
                CONTENT,
                Claim.truthful(CONTENT))
            .add(
                Name.unmarked("caf\u00e8/1.png", StandardCharsets.ISO_8859_1)
                    .withUnicodePath("caf\u00e8/1.png"),
                CONTENT,
                Claim.truthful(CONTENT))
            .write(file);

    Unpacked unpacked = Unpacked.of(archive, 1000);

    assertThat(unpacked.counted()).containsExactly(FileSource.Counted.FILES);
    assertThat(unpacked.refused()).isEmpty();
    assertThat(unpacked.paths())
        .containsExactly("cafe/1.png", "caf\u00e9/1.png", "caf\u00e8/1.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "a./b", "a/b..."})
  void dotsInNamesAreFine(String path) throws Exception {
    ZipArchive archive = new HandmadeZip().add(path, "x").write(file);
    try (IndexedSource.Contents contents = archive.contents()) {
      assertThat(text(contents, 0)).isEqualTo("x");
    }
  }

  @Test
  void filesOfOnePathAreAllRefused() throws Exception {
    ZipArchive archive =
        new HandmadeZip().add("a", "one").add("b", "good").add("a", "two").write(file);
    try (IndexedSource.Contents contents = archive.contents()) {
      for (int entry : new int[] {0, 2}) {
        assertThatThrownBy(() -> contents.read(entry))
            .isInstanceOf(IndexedSource.UnusableEntryException.class)
            .hasMessage("the archive holds several files of this path");
      }
      assertThat(text(contents, 1)).isEqualTo("good");
    }
  }

  @Test
  void aLinkIsRefused() throws Exception {
    assertRefused(
        "link",
        CONTENT,
        Claim.truthful(CONTENT).withUnixMode(0120777),
        "it is a link; links are not followed");
  }

  @Test
  void anEncryptedFileIsRefused() throws Exception {
    assertRefused(
        "secret",
        CONTENT,
        Claim.truthful(CONTENT).withFlags(1),
        "it is encrypted or compressed in an unknown way");
  }

  @Test
  void anUnknownCompressionIsRefused() throws Exception {
    assertRefused(
        "packed",
        CONTENT,
        Claim.truthful(CONTENT).withMethod(97),
        "it is encrypted or compressed in an unknown way");
  }

  @Test
  void aWrongChecksumIsRefusedWithExpectedAndActual() throws Exception {
    assertRefused(
        "damaged",
        CONTENT,
        Claim.truthful(CONTENT).withCrc(0x0badcafe),
        "its bytes are damaged: expected CRC-32 0badcafe, actual %08x"
            .formatted(Claim.truthful(CONTENT).crc()));
  }

  @Test
  void aDeclaredLengthThatIsTooShortIsRefused() throws Exception {
    assertRefused(
        "bomb",
        CONTENT,
        Claim.truthful(CONTENT).withSize(3),
        "its length is wrong: expected 3 bytes, actual more");
  }

  @Test
  void aDeclaredLengthThatIsTooLongIsRefused() throws Exception {
    assertRefused(
        "short",
        CONTENT,
        Claim.truthful(CONTENT).withSize(400 << 20),
        "its length is wrong: expected 419430400 bytes, actual 7");
  }

  @Test
  void aDeclaredLengthThatIsTooMuchIsRefused() throws Exception {
    assertRefused(
        "huge",
        CONTENT,
        Claim.truthful(CONTENT).withSize(600 << 20),
        "it is 629145600 bytes long; at most 536870912 are read");
  }

  /** Deflate, BZip2, Deflate64, unshrinking, exploding, XZ, Zstandard. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 9, 1, 6, 95, 93})
  void garbageInACompressedFileRefusesThatFileAlone(int method) throws Exception {
    byte[] garbage = new byte[300];
    for (int fill : new int[] {0x00, 0x42, 0xff}) {
      Arrays.fill(garbage, (byte) fill);
      byte[] magic = "BZh9".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(magic, 0, garbage, 0, method == 12 ? magic.length : 0);
      ZipArchive archive =
          new HandmadeZip()
              .add("good", "good")
              .add("bad", garbage, Claim.truthful(garbage).withMethod(method).withSize(1000))
              .write(file);
      try (IndexedSource.Contents contents = archive.contents()) {
        assertThat(text(contents, 0)).isEqualTo("good");
        assertThatThrownBy(() -> contents.read(1))
            .as("method %d filled with %d", method, fill)
            .isInstanceOf(IndexedSource.UnusableEntryException.class);
      }
    }
  }

  @Test
  void aTruncatedArchiveIsSaidToBeCutShort() throws Exception {
    byte[] whole = new HandmadeZip().add("a", "x".repeat(100)).add("b", "y").bytes();
    for (int length : new int[] {0, 1, 50, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> ZipArchive.file(file).contents())
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
          .hasMessageStartingWith("%s is not a complete zip archive (", file)
          .hasMessageEndingWith("It may have been cut short on the way here: fetch it again.");
    }
  }

  @Test
  void noFlippedByteEscapesAsAnythingButARefusal() throws Exception {
    byte[] whole = new HandmadeZip().add("a", "x".repeat(20)).add("b", "y").bytes();
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= (byte) 0xff;
      Files.write(file, damaged);
      try (IndexedSource.Contents contents = ZipArchive.file(file).contents()) {
        for (int entry = 0; entry < contents.entries().size(); entry++) {
          String path = contents.entries().get(entry).path();
          try {
            String content = text(contents, entry);
            assertThat(List.of("x".repeat(20), "y")).as("byte %d", position).contains(content);
          } catch (IndexedSource.UnusableEntryException refused) {
            assertThat(refused).as("byte %d of %s", position, path).hasMessageStartingWith("it");
          }
        }
      } catch (Failure wholeArchive) {
        assertThat(wholeArchive).as("byte %d", position).hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void aMissingArchiveIsMissing() {
    assertThatThrownBy(() -> ZipArchive.file(file).contents())
        .isInstanceOf(Failure.class)
        .hasMessage("There is no file %s.", file);
    assertThatThrownBy(
            () -> ZipArchive.file(file).digest(new FileDigests(directory.resolve("digests"))))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no file %s.", file);
  }

  @Test
  void severalThreadsReadItAtOnce() throws Exception {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int entry = 0; entry < 200; entry++) {
        zip.putNextEntry(new ZipEntry(entry + ".txt"));
        zip.write("of %d ".formatted(entry).repeat(5000).getBytes(StandardCharsets.UTF_8));
      }
    }
    try (IndexedSource.Contents contents = ZipArchive.file(file).contents()) {
      List<String> texts =
          IntStream.range(0, 200)
              .parallel()
              .mapToObj(
                  entry -> {
                    try {
                      return text(contents, entry);
                    } catch (Exception unreadable) {
                      throw new IllegalStateException(unreadable);
                    }
                  })
              .toList();

      for (int entry = 0; entry < 200; entry++) {
        assertThat(texts.get(entry)).isEqualTo("of %d ".formatted(entry).repeat(5000));
      }
    }
  }

  @Test
  void theDigestIsThatOfTheFile() throws IOException {
    ZipArchive archive = new HandmadeZip().add("a", "b").write(file);

    assertThat(file)
        .hasDigest("SHA-256", archive.digest(new FileDigests(directory.resolve("digests"))));
  }

  @Test
  void anArchiveThatHasLostFilesSinceItWasPartedIsRefused() throws Exception {
    ZipArchive archive = new HandmadeZip().add("a", "1").add("b", "2").write(file);
    EntryRange part = archive.parts(Long.MAX_VALUE).get(0);
    ZipArchive smaller = new HandmadeZip().add("a", "1").write(file);

    try (FileSource.Opened opened = smaller.open()) {
      assertThatThrownBy(() -> opened.unpack(part, new Unpacked()))
          .isInstanceOf(Failure.class)
          .hasMessage("%s has 1 files now, and had more when the run began: run it again.", file);
    }
  }
}
