package org.contexture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path directory;

  @Test
  void aFileReplacesWhatWasThere() throws IOException {
    Path file = directory.resolve("new/a.txt");
    WholeFile.write(file, out -> out.write('a'));
    WholeFile.write(file, out -> out.write('b'));

    assertThat(file).hasContent("b");
    assertThat(directory.resolve("new").toFile().list()).containsExactly("a.txt");
  }

  @Test
  void aFileThatIsNotFinishedLeavesWhatWasThere() throws IOException {
    Path file = directory.resolve("a.txt");
    WholeFile.write(file, out -> out.write('a'));

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write('b');
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    assertThat(file).hasContent("a");
    assertThat(directory.toFile().list()).containsExactly("a.txt");
  }
}
