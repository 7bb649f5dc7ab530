package org.contexture.tracking;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps histories as event files of TensorBoard, each in a run of its own: {@code
 * DIRECTORY/EXPERIMENT/LABEL-FINGERPRINT/events.out.tfevents.SECONDS.contexture}. The name has when
 * the training began and, in place of the host, the word contexture, so that the same history gives
 * the same file anywhere.
 */
public final class TensorBoardTracker implements TrainingTracker {
  private static final String PREFIX = "events.out.tfevents.";
  private static final String SUFFIX = ".contexture";

  private final Path directory;

  /** Keeps them below a directory, the {@code --logdir} of TensorBoard. */
  public TensorBoardTracker(Path directory) {
    this.directory = directory;
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public void track(TrainingHistory history) throws IOException {
    Path run = directory.resolve(history.experiment()).resolve(history.runName());
    Path file = run.resolve(PREFIX + history.started().getEpochSecond() + SUFFIX);
    WholeFile.write(
        file,
        out -> {
          EventFile events = new EventFile(out, history.started());
          for (Measurements measurements : history.measurements()) {
            events.add(measurements);
          }
        });
    forgetEarlier(run, file);
  }

  /** A training that was made again has another time; TensorBoard would show both as one. */
  private static void forgetEarlier(Path run, Path file) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(run, PREFIX + "*" + SUFFIX)) {
      for (Path earlier : files) {
        if (!earlier.equals(file)) {
          Files.delete(earlier);
        }
      }
    }
  }
}
