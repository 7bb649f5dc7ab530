package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;
import org.contexture.experiment.keys.Reading;
import org.contexture.experiment.keys.SettingsFile;
import org.contexture.experiment.keys.SettingsReference;
import org.contexture.experiment.keys.SettingsSchema;
import org.contexture.loss.LossName;

/** The file that says what a toy experiment is. */
public final class ToyFile {
  private ToyFile() {}

  /**
   * Reads a toy experiment.
   *
   * @param file the YAML file; messages name it as given
   * @param overrides what {@code --set} was given, each {@code key.path=value}
   * @throws org.contexture.failure.Failure a usage failure that lists every problem, each with
   *     file, line, column and key, what is allowed, and the nearest valid word
   */
  public static Reading<ToySettings> read(Path file, List<String> overrides) {
    return SettingsFile.read(ToySettings.SECTION, file, overrides);
  }

  /** The JSON Schema of the file; {@code pipelines/toy.schema.json} is a copy. */
  public static String jsonSchema() {
    return SettingsSchema.of(ToySettings.SECTION, "A Contexture toy experiment");
  }

  /**
   * Every key with its values, default and meaning, in Markdown; a part of the documentation. Those
   * of losses are in the reference of experiments.
   */
  public static String reference() {
    return SettingsReference.withApart("loss")
        .describedIn("experiment.md", "pretrain.loss", LossKeys.section(LossName.MULTI_SIMILARITY))
        .text(ToySettings.SECTION);
  }
}
