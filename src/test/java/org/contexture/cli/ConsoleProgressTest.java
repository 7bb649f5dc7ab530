package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleProgressTest {
  @TempDir Path folder;
  private final StringWriter printed = new StringWriter();

  private ConsoleProgress progress(ConsoleProgress.Terminal terminal) {
    return new ConsoleProgress(
        new PrintWriter(printed, true),
        terminal,
        dataset -> dataset.label().equals("train") ? "triplet, seed=2" : "");
  }

  private Dataset<?> stage(String label) {
    Experiment experiment =
        Experiment.training(
            ExperimentFile.read(Path.of("pipelines/emoji.yaml"), List.of()).settings(),
            new FileDigests(folder.resolve("digests.txt")));
    return experiment.graph().datasets().stream()
        .filter(dataset -> dataset.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static Progress steps(long done, long total) {
    return new Progress(done, total, Progress.Unit.THINGS, "on worker-1");
  }

  @Test
  void aStageSaysWhichExperimentItIsOf() {
    ConsoleProgress progress = progress(ConsoleProgress.Terminal.PLAIN);
    progress.started(stage("pretrain"), "not made yet");
    progress.started(stage("train"), "not made yet");

    assertThat(printed.toString().lines())
        .containsExactly(
            "pretrain               running: not made yet",
            "train                  running: not made yet, for triplet, seed=2");
  }

  @Test
  void severalStagesAtWorkShareTheLineOfATerminal() {
    ConsoleProgress progress = progress(ConsoleProgress.Terminal.INTERACTIVE);
    progress.started(stage("pretrain"), "not made yet");
    progress.progressed(stage("pretrain"), steps(3, 10));
    assertThat(last()).isEqualTo("pretrain               3/10, on worker-1");
    progress.started(stage("train"), "not made yet");
    progress.progressed(stage("pretrain"), steps(4, 10));
    assertThat(last()).isEqualTo("pretrain 4/10 | train");

    progress.progressed(stage("train"), steps(1, 5));

    assertThat(last()).isEqualTo("pretrain 4/10 | train 1/5");
    progress.failed(stage("pretrain"));
    progress.progressed(stage("train"), steps(2, 5));
    assertThat(last()).startsWith("train                  2/5").endsWith(", on worker-1");
  }

  @Test
  void afterAFailureTheLineOfATerminalIsEmpty() {
    ConsoleProgress progress = progress(ConsoleProgress.Terminal.INTERACTIVE);
    progress.started(stage("train"), "not made yet");
    progress.progressed(stage("train"), steps(1, 5));

    progress.failed(stage("train"));

    assertThat(last()).isEmpty();
  }

  private String last() {
    String text = printed.toString();
    return text.substring(text.lastIndexOf("\u001b[K") + "\u001b[K".length());
  }
}
