package org.contexture.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.contexture.file.WholeFile;
import picocli.CommandLine.Option;

/** Where reports go. */
final class ReportsOption {
  private static final String OPTION = "--reports";
  private static final String DEFAULT = "reports";

  @Option(
      names = OPTION,
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  Path directory;

  /** Fails before hours of work and not after them. */
  void require() {
    place().require();
  }

  /** Writes a report and says where it is. */
  Path write(String name, String text) {
    Path file = directory.resolve(name);
    try {
      WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return file;
    } catch (IOException failed) {
      throw place().unwritable(failed);
    }
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    return place().words();
  }

  private OptionDirectory place() {
    return new OptionDirectory(OPTION, DEFAULT, "report", directory);
  }
}
