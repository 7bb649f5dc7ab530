package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {
  private static final int RECORD = 512;

  @TempDir Path directory;

  /** Writes an archive. */
  private static final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    Tar() {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    Tar file(String path, String content) throws IOException {
      return entry(new TarArchiveEntry(path, true), content);
    }

    Tar special(String path, byte type, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(path, type);
      entry.setLinkName(target);
      return entry(entry, "");
    }

    private Tar entry(TarArchiveEntry entry, String content) throws IOException {
      byte[] data = content.getBytes(StandardCharsets.UTF_8);
      entry.setSize(data.length);
      out.putArchiveEntry(entry);
      out.write(data);
      out.closeArchiveEntry();
      return this;
    }

    byte[] compressed() throws IOException {
      out.finish();
      return gzip(bytes.toByteArray());
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    }
    return compressed.toByteArray();
  }

  private Unpacked unpacked(byte[] archive) throws IOException {
    return Unpacked.of(new TarArchive(Files.write(directory.resolve("a.tgz"), archive)), 1);
  }

  @Test
  void filesComeInTheOrderOfTheArchive() throws IOException {
    String longPath = "train_mini/" + "x".repeat(200) + "/ü.jpg";
    Unpacked unpacked =
        unpacked(
            new Tar()
                .special("b/", TarConstants.LF_DIR, "")
                .file("b/1.txt", "one")
                .file(longPath, "two")
                .file("a.txt", "")
                .compressed());

    assertThat(unpacked.paths()).containsExactly("b/1.txt", longPath, "a.txt");
    assertThat(unpacked.text("b/1.txt")).isEqualTo("one");
    assertThat(unpacked.text(longPath)).isEqualTo("two");
    assertThat(unpacked.text("a.txt")).isEmpty();
    assertThat(unpacked.refused()).isEmpty();
    assertThat(unpacked.counted()).containsExactly(FileSource.Counted.BYTES);
  }

  @Test
  void whatTheSystemPutThereIsLeftOut() throws IOException {
    Unpacked unpacked =
        unpacked(
            new Tar().file("._x", "mac").file("a/.DS_Store", "").file("a/x", "y").compressed());

    assertThat(unpacked.paths()).containsExactly("a/x");
    assertThat(unpacked.refused()).isEmpty();
  }

  @Test
  void whatIsNotSafeIsRefusedAndTheRestComes() throws IOException {
    Unpacked unpacked =
        unpacked(
            new Tar()
                .file("../outside", "x")
                .file("/etc/absolute", "x")
                .file("a/../../outside", "x")
                .special("link", TarConstants.LF_SYMLINK, "/etc/passwd")
                .special("hard", TarConstants.LF_LINK, "good")
                .special("device", TarConstants.LF_CHR, "")
                .special("pipe", TarConstants.LF_FIFO, "")
                .file("good", "first")
                .file("good", "second")
                .compressed());

    assertThat(unpacked.paths()).containsExactly("good");
    assertThat(unpacked.text("good")).isEqualTo("first");
    assertThat(unpacked.refused())
        .containsExactly(
            "../outside: its path leaves the archive",
            "/etc/absolute: its path is absolute",
            "a/../../outside: its path leaves the archive",
            "link: it is a link; links are not followed",
            "hard: it is a link; links are not followed",
            "device: it is a device or another special file; only regular files are read",
            "pipe: it is a device or another special file; only regular files are read",
            "good: the archive holds several files of this path; the first is taken");
  }

  @Test
  void aNameThatIsNotUtf8IsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(bytes, StandardCharsets.ISO_8859_1.name())) {
      out.putArchiveEntry(new TarArchiveEntry("caf\u00e9.jpg"));
      out.closeArchiveEntry();
    }

    assertThat(unpacked(gzip(bytes.toByteArray())).refused())
        .containsExactly("caf?.jpg: its path is not UTF-8, or has a '?'");
  }

  @Test
  void aBombIsRefusedWithoutBeingHeld() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    long size = FileSource.MAXIMUM_FILE_BYTES + 1L;
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new GZIPOutputStream(compressed))) {
      TarArchiveEntry bomb = new TarArchiveEntry("bomb");
      bomb.setSize(size);
      out.putArchiveEntry(bomb);
      byte[] zeros = new byte[1 << 20];
      for (long left = size; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
      out.closeArchiveEntry();
      out.putArchiveEntry(new TarArchiveEntry("small"));
      out.closeArchiveEntry();
    }

    Unpacked unpacked = unpacked(compressed.toByteArray());

    assertThat(unpacked.refused())
        .containsExactly("bomb: it is 536870913 bytes long; at most 536870912 are read");
    assertThat(unpacked.paths()).containsExactly("small");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20, 300})
  void anArchiveCutShortIsAFailure(int left) throws IOException {
    byte[] noise = new byte[4 * RECORD];
    new SplittableRandom(1).nextBytes(noise);
    byte[] whole =
        new Tar()
            .file("a", "first")
            .file("b", new String(noise, StandardCharsets.ISO_8859_1))
            .compressed();

    assertThatThrownBy(() -> unpacked(Arrays.copyOf(whole, left)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("a.tgz is not a complete tar.gz archive")
        .hasMessageContaining("fetch it again");
  }

  @Test
  void damagedBytesAreAFailure() throws IOException {
    byte[] whole = new Tar().file("a", "x".repeat(100_000)).compressed();
    whole[whole.length - 6] ^= 1; // in the checksum

    assertThatThrownBy(() -> unpacked(whole))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not a complete tar.gz archive");
  }

  @Test
  void whatIsNoArchiveIsAFailure() {
    assertThatThrownBy(() -> unpacked("<html>not found</html>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not a complete tar.gz archive (Not in GZIP format)");
    assertThatThrownBy(
            () -> unpacked(gzip("not a tar at all".repeat(100).getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(Failure.class);
  }

  @Test
  void aMissingArchiveIsNamed() {
    Path nowhere = directory.resolve("none.tgz");

    assertThatThrownBy(() -> Unpacked.of(new TarArchive(nowhere), 1))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no file %s.".formatted(nowhere));
  }
}
