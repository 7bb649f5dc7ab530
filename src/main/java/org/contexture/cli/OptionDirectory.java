package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.failure.Failure;

/**
 * A directory that a command writes into.
 *
 * @param option what it is given by, such as {@code --reports}
 * @param unless what it is when it is not given
 * @param content what is written, for messages
 * @param path where it is
 */
record OptionDirectory(String option, String unless, String content, Path path) {

  /** Fails before hours of work and not after them. */
  void require() {
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, "probe", ".tmp"));
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    return path.equals(Path.of(unless))
        ? List.of()
        : List.of(option, FileOptions.quoted(path.toString()));
  }

  Failure unwritable(IOException failed) {
    return Failure.environment(
            "The %s cannot be written to %s: %s. Choose another directory with %s DIR.",
            content, path, failed, option)
        .causedBy(failed);
  }
}
