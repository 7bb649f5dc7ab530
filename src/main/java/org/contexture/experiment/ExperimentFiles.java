package org.contexture.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.contexture.failure.Failure;

/** Finds settings files in a folder and the folders below it. */
public final class ExperimentFiles {
  private static final int DEEPEST = 5;
  private static final int MOST = 10_000;

  private ExperimentFiles() {}

  /**
   * The YAML files below a folder, in the order of their names.
   *
   * @throws Failure a usage failure if it cannot be read, or holds too many
   */
  public static List<Path> in(Path folder) {
    List<Path> files;
    try (Stream<Path> below = Files.walk(folder, DEEPEST, new FileVisitOption[0])) {
      files =
          below
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(Files::isRegularFile)
              .limit(MOST + 1)
              .sorted()
              .toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable(folder, unreadable.getCause());
    } catch (IOException unreadable) {
      throw unreadable(folder, unreadable);
    }
    if (files.size() > MOST) {
      throw Failure.usage(
          "%s holds more than %d YAML files; give the folder of the experiments.", folder, MOST);
    }
    return files;
  }

  private static Failure unreadable(Path folder, IOException cause) {
    return Failure.usage("%s cannot be read as a folder of experiment files: %s.", folder, cause)
        .causedBy(cause);
  }
}
