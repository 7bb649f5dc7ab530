package org.contexture.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.contexture.failure.Failure;

/**
 * Where Beam packs directories of classes into jars for one job. It gives equal directories the
 * same name, so that in a place for all, one client would read what another has half written.
 */
record PackedClasses(Path directory) {

  /** A new, empty place. */
  static PackedClasses begin() {
    try {
      return new PackedClasses(Files.createTempDirectory("contexture-job"));
    } catch (IOException e) {
      throw Failure.environment(
              "No directory can be made in %s for what a job brings along: %s.",
              System.getProperty("java.io.tmpdir"), e)
          .causedBy(e);
    }
  }

  void delete() {
    try (Stream<Path> jars = Files.list(directory)) {
      for (Path jar : jars.toList()) {
        Files.delete(jar);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + directory, e);
    }
  }
}
