package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.failure.Failure;
import picocli.CommandLine.Option;

/** Where reports go. */
final class ReportsOption {
  private static final String DEFAULT = "reports";

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  Path directory;

  /** Fails before hours of work and not after them. */
  void require() {
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** Writes a report and says where it is. */
  Path write(String name, String text) {
    Path file = directory.resolve(name);
    try {
      return Files.writeString(file, text);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    return directory.equals(Path.of(DEFAULT))
        ? List.of()
        : List.of("--reports", FileOptions.quoted(directory.toString()));
  }

  private Failure unwritable(IOException failed) {
    return Failure.environment(
            "The report cannot be written to %s: %s. Choose another directory with --reports DIR.",
            directory, failed)
        .causedBy(failed);
  }
}
