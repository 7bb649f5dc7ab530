package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;

/** The experiment files of the paper's runs. */
public final class PublishedFiles {
  private PublishedFiles() {}

  /** All of them, in order. */
  public static List<Path> all() {
    return ExperimentFiles.in(Path.of("pipelines")).stream()
        .filter(ExperimentFile::isWhole)
        .filter(file -> track(file) != PublishedSettings.Track.NONE)
        .toList();
  }

  private static PublishedSettings.Track track(Path file) {
    return ExperimentFile.read(file, List.of()).settings().published().track();
  }
}
