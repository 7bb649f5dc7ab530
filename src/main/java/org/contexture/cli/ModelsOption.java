package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.contexture.embedding.TrainedModel;
import org.contexture.image.Resize;
import org.contexture.model.ModelConfig;
import org.contexture.record.Checkpoint;
import picocli.CommandLine.Option;

/** Where trained models go. */
final class ModelsOption {
  private static final String OPTION = "--models";
  private static final String DEFAULT = "models";

  @Option(
      names = OPTION,
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Where the trained model goes (default: ${DEFAULT-VALUE}).")
  Path directory;

  /** Fails before hours of work and not after them. */
  void require() {
    place().require();
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
      throw place().unwritable(failed);
    }
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    return place().words();
  }

  private OptionDirectory place() {
    return new OptionDirectory(OPTION, DEFAULT, "model", directory);
  }
}
