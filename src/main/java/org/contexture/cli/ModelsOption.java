package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.embedding.TrainedModel;
import org.contexture.failure.Failure;
import org.contexture.image.Resize;
import org.contexture.model.ModelConfig;
import org.contexture.record.Checkpoint;
import picocli.CommandLine.Option;

/** Where trained models go. */
final class ModelsOption {
  private static final String DEFAULT = "models";

  @Option(
      names = "--models",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Where the trained model goes (default: ${DEFAULT-VALUE}).")
  Path directory;

  /** Fails before hours of work and not after them. */
  void require() {
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** Writes a model and says where it is. */
  Path write(Checkpoint checkpoint, Resize view, TrainedModel.Training training) {
    try {
      return TrainedModel.write(
          directory,
          ModelConfig.parse(checkpoint.getArchitecture()),
          view,
          checkpoint.getWeights().array(),
          training);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    return directory.equals(Path.of(DEFAULT))
        ? List.of()
        : List.of("--models", FileOptions.quoted(directory.toString()));
  }

  private Failure unwritable(IOException failed) {
    return Failure.environment(
            "The model cannot be written to %s: %s. Choose another directory with --models DIR.",
            directory, failed)
        .causedBy(failed);
  }
}
