package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionDirectoryTest {
  /** Where nobody makes a file, whoever runs the test. */
  private static final Path UNWRITABLE = Path.of("/proc");

  @TempDir Path directory;

  private static OptionDirectory reports(Path path) {
    return new OptionDirectory("--reports", "reports", "report", path);
  }

  @Test
  void oneThatIsNotThereIsMadeAndLeftEmpty() {
    Path made = directory.resolve("a/b");

    reports(made).require();

    assertThat(made).isEmptyDirectory();
  }

  @Test
  void oneThatIsThereButTakesNoFileIsRefused() {
    assumeTrue(Files.isDirectory(UNWRITABLE));

    assertThatThrownBy(() -> reports(UNWRITABLE).require())
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The report cannot be written to /proc: ")
        .hasMessageEndingWith("Choose another directory with --reports DIR.");
  }
}
