package org.contexture.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.tracking.MlflowTracker;
import org.contexture.tracking.TensorBoardTracker;
import org.contexture.tracking.TrainingTracker;
import picocli.CommandLine.Option;

/** Which tools are told how trainings went. */
final class TrackingOptions {
  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write what trainings logged as event files of TensorBoard below DIR.")
  Path tensorBoard;

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      description = "Log trainings to the MLflow tracking server at URL (http or https).")
  URI mlflow;

  /**
   * The trackers that were asked for.
   *
   * @throws Failure if the address can be no server's
   */
  List<TrainingTracker> trackers() {
    List<TrainingTracker> trackers = new ArrayList<>();
    if (tensorBoard != null) {
      trackers.add(new TensorBoardTracker(tensorBoard));
    }
    if (mlflow != null) {
      trackers.add(new MlflowTracker(requireServer()));
    }
    return trackers;
  }

  private URI requireServer() {
    if (!List.of("http", "https").contains(String.valueOf(mlflow.getScheme()))
        || mlflow.getHost() == null) {
      throw Failure.usage(
          "--mlflow %s is no address of a tracking server. Give one such as"
              + " http://localhost:5000.",
          mlflow);
    }
    if (mlflow.getRawUserInfo() != null
        || mlflow.getRawQuery() != null
        || mlflow.getRawFragment() != null) {
      throw Failure.usage(
          "--mlflow takes an address without name, password, query or fragment, since reports"
              + " quote the command. Give %s://HOST:PORT/PATH.",
          mlflow.getScheme());
    }
    return mlflow;
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (tensorBoard != null) {
      words.addAll(List.of("--tensorboard", FileOptions.quoted(tensorBoard.toString())));
    }
    if (mlflow != null) {
      words.addAll(List.of("--mlflow", FileOptions.quoted(mlflow.toString())));
    }
    return words;
  }
}
