package org.contexture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumListTest {
  private static final String ONES = "1".repeat(64);
  private static final String TWOS = "2".repeat(64);

  @TempDir Path directory;

  private ChecksumList list(String text) throws IOException {
    return ChecksumList.read(Files.writeString(directory.resolve("SHA256SUMS"), text));
  }

  @Test
  void linesAreWhatTheProgramWritesForTextAndForBinaryFiles() throws IOException {
    ChecksumList list = list(ONES + "  a b.tgz\n" + TWOS + " *some/folder/c.zip\n");

    assertThat(list.of("a b.tgz")).hasValue(Checksum.sha256(ONES));
    assertThat(list.of("c.zip")).hasValue(Checksum.sha256(TWOS));
    assertThat(list.of("d")).isEmpty();
  }

  @Test
  void aWrongLineIsNamed() {
    assertThatThrownBy(() -> list(ONES + "  a\n" + "97ec  CUB_200_2011.tgz\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "SHA256SUMS:2: '97ec  CUB_200_2011.tgz' is not what sha256sum writes");
    assertThatThrownBy(() -> list(ONES + "  a\n" + TWOS + "  x/a\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("SHA256SUMS:2: a is there a second time");
    assertThatThrownBy(() -> ChecksumList.read(directory.resolve("none")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no file");
  }
}
