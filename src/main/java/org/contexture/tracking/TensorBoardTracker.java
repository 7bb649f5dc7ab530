package org.contexture.tracking;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.contexture.file.WholeFile;

/**
 * Keeps histories as event files of TensorBoard, each in a run of its own: {@code
 * DIRECTORY/EXPERIMENT/LABEL-FINGERPRINT/events.out.tfevents.SECONDS.contexture}. The name has when
 * the training began and, in place of the host, the word contexture, so that the same history gives
 * the same file anywhere. What was measured on the test images is beside it, in a file of its own
 * that ends with {@code .contexture-test}.
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
    write(run, history.started(), SUFFIX, history.measurements());
  }

  @Override
  public void track(TestFigures figures) throws IOException {
    Path run = directory.resolve(figures.experiment()).resolve(figures.runName());
    String suffix = SUFFIX + "-" + figures.ranking().key();
    write(run, figures.time(), suffix, List.of(figures.measurements()));
  }

  private static void write(Path run, Instant began, String suffix, List<Measurements> measured)
      throws IOException {
    Path file = run.resolve(PREFIX + began.getEpochSecond() + suffix);
    WholeFile.write(
        file,
        out -> {
          EventFile events = new EventFile(out, began);
          for (Measurements measurements : measured) {
            events.add(measurements);
          }
        });
    forgetEarlier(run, file, suffix);
  }

  /** What was made again has another time; TensorBoard would show both as one. */
  private static void forgetEarlier(Path run, Path file, String suffix) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(run, PREFIX + "*" + suffix)) {
      for (Path earlier : files) {
        if (!earlier.equals(file)) {
          Files.delete(earlier);
        }
      }
    }
  }
}
