package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
  private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path directory;
  private Path memory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    memory = directory.resolve("digests.txt");
    file = Files.writeString(directory.resolve("a file"), "abc");
    Files.setLastModifiedTime(file, THEN);
  }

  private String remembered() throws IOException {
    FileDigests digests = new FileDigests(memory);
    String digest = digests.sha256(file);
    digests.save();
    return digest;
  }

  /** Other content of the same length and time, which only a reader would notice. */
  private void changeUnnoticed() throws IOException {
    Files.writeString(file, "xyz");
    Files.setLastModifiedTime(file, THEN);
  }

  @Test
  void aDigestIsThatOfTheContent() throws IOException {
    assertThat(remembered())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(memory)
        .hasContent(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3"
                + " 1700000000000000000 "
                + file);
  }

  @Test
  void aDigestIsRememberedInACountryWithOtherDigitsToo() throws Exception {
    String digest = OtherDigits.there(this::remembered);
    changeUnnoticed();

    assertThat(new FileDigests(memory).sha256(file)).isEqualTo(digest);
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws IOException {
    String digest = remembered();
    changeUnnoticed();

    assertThat(new FileDigests(memory).sha256(file)).isEqualTo(digest);
  }

  @Test
  void anotherTimeOrLengthMeansReading() throws IOException {
    String digest = remembered();
    changeUnnoticed();
    Files.setLastModifiedTime(file, FileTime.fromMillis(THEN.toMillis() + 1));
    assertThat(remembered()).isNotEqualTo(digest);

    Files.writeString(file, "abcd");
    Files.setLastModifiedTime(file, THEN);
    assertThat(new FileDigests(memory).sha256(file))
        .isEqualTo("88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589");
  }

  @Test
  void aDamagedMemoryOnlyCostsTime() throws IOException {
    String digest = remembered();
    String whole = Files.readString(memory);
    List<String> damages =
        List.of(
            "",
            "\n\n",
            whole.substring(1),
            whole.substring(20),
            "zz" + whole.substring(2),
            whole.replace(" 3 ", " three "),
            whole.substring(0, 80));
    changeUnnoticed();
    String actual = "3608bca1e44ea6c4d268eb6db02260269892c0b42b86bbf1e77a6fa16c3c9282";

    for (String damaged : damages) {
      Files.writeString(memory, damaged);
      assertThat(new FileDigests(memory).sha256(file)).as(damaged).isEqualTo(actual);
    }
    Files.write(memory, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(new FileDigests(memory).sha256(file)).isEqualTo(actual).isNotEqualTo(digest);
  }

  @Test
  void aDamagedLineDoesNotCostTheOthers() throws IOException {
    String digest = remembered();
    Files.writeString(memory, "x y z w\n" + Files.readString(memory));
    changeUnnoticed();

    assertThat(new FileDigests(memory).sha256(file)).isEqualTo(digest);
  }

  @Test
  void aMemoryIsReadByWhoeverReadsOtherFilesAndWrittenWhenSomethingIsNew() throws IOException {
    remembered();
    assertThat(Files.getPosixFilePermissions(memory))
        .isEqualTo(Files.getPosixFilePermissions(file));
    Files.setLastModifiedTime(memory, THEN);

    remembered();

    assertThat(Files.getLastModifiedTime(memory)).isEqualTo(THEN);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("a file", "digests.txt");
  }

  @Test
  void aMemoryThatCannotBeWrittenIsDoneWithout() throws IOException {
    FileDigests digests = new FileDigests(directory.resolve("missing").resolve("digests.txt"));

    assertThat(digests.sha256(file)).startsWith("ba7816bf");
    digests.save();
    assertThat(directory.resolve("missing")).doesNotExist();
  }
}
