package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;
import org.contexture.experiment.keys.Reading;
import org.contexture.experiment.keys.SettingsFile;
import org.contexture.experiment.keys.SettingsReference;
import org.contexture.experiment.keys.SettingsSchema;

/** The file that says what an experiment is. */
public final class ExperimentFile {
  private ExperimentFile() {}

  /**
   * Reads an experiment.
   *
   * @param file the YAML file; messages name it as given
   * @param overrides what {@code --set} was given, each {@code key.path=value}
   * @throws org.contexture.failure.Failure a usage failure that lists every problem, each with
   *     file, line, column and key, what is allowed, and the nearest valid word
   */
  public static Reading<ExperimentSettings> read(Path file, List<String> overrides) {
    return SettingsFile.read(ExperimentSettings.SECTION, file, overrides);
  }

  /**
   * Reads an experiment that is in no file.
   *
   * @param name what messages call the text
   * @throws org.contexture.failure.Failure a usage failure that lists every problem
   */
  public static Reading<ExperimentSettings> readText(String name, String text) {
    return SettingsFile.readText(ExperimentSettings.SECTION, name, text);
  }

  /**
   * Whether a file is a whole experiment: neither another kind of file, nor one that is only there
   * to be extended.
   *
   * @throws org.contexture.failure.Failure a usage failure if it cannot be read at all
   */
  public static boolean isWhole(Path file) {
    return SettingsFile.has(ExperimentSettings.SECTION, file, List.of("name", "benchmark"));
  }

  /** The JSON Schema of the file; {@code pipelines/experiment.schema.json} is a copy. */
  public static String jsonSchema() {
    return SettingsSchema.of(ExperimentSettings.SECTION, "A Contexture experiment");
  }

  /** Every key with its values, default and meaning, in Markdown; a part of the documentation. */
  public static String reference() {
    return SettingsReference.withApart("loss").text(ExperimentSettings.SECTION);
  }
}
