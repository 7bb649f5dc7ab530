package org.contexture.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;

/** Writes experiment files to a folder and reads them, with the folder left out of messages. */
final class ExperimentFolder {
  static final String SMALLEST = "name: mine\nbenchmark:\n  name: emoji\n";

  private final Path folder;

  ExperimentFolder(Path folder) {
    this.folder = folder;
  }

  Path file(String text) {
    try {
      return Files.writeString(folder.resolve("mine.yaml"), text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  Reading<ExperimentSettings> read(String text, String... overrides) {
    return ExperimentFile.read(file(text), List.of(overrides));
  }

  ExperimentSettings settings(String text, String... overrides) {
    return read(text, overrides).settings();
  }

  List<String> notes(String text, String... overrides) {
    return read(text, overrides).notes().stream().map(this::withoutFolder).toList();
  }

  /** The lines about problems, in order. */
  List<String> problems(String text, String... overrides) {
    return problems(file(text), overrides);
  }

  List<String> problems(Path file, String... overrides) {
    Failure failure =
        Assertions.catchThrowableOfType(
            Failure.class, () -> ExperimentFile.read(file, List.of(overrides)));
    Assertions.assertThat(failure).as("a failure").isNotNull();
    Assertions.assertThat(failure.category()).isEqualTo(Failure.Category.USAGE);
    List<String> lines = failure.getMessage().lines().toList();
    int count = lines.size() - 1;
    Assertions.assertThat(lines.get(0))
        .isEqualTo(
            "The settings cannot be used, " + (count == 1 ? "1 problem:" : count + " problems:"));
    return lines.stream().skip(1).map(line -> withoutFolder(line.strip())).toList();
  }

  private String withoutFolder(String message) {
    return message.replace(folder + "/", "");
  }
}
