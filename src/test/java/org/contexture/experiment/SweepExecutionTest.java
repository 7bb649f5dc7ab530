package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepExecutionTest {
  private static final String TUNED =
      """
      name: tuned
      runs:
        hybrid: {extends: %s}
      tune: {train.learning_rate: [1e-5, 1e-4]}
      """
          .formatted(Path.of("pipelines/paper-256/base/track.yaml").toAbsolutePath());

  @TempDir private Path folder;

  private Sweep sweep(String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("sweep.yaml"), TUNED);
    return SweepFile.read(file, List.of(overrides));
  }

  @Test
  void nothingIsTunedOnTheTestClasses() throws IOException {
    Sweep asPublished = sweep("name=a", "benchmark.name=cub200");

    assertThatThrownBy(() -> SweepExecution.tuning(asPublished))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "hybrid would be tuned on the test classes, because of train.select: test. Set"
                + " train.select to validation and benchmark.validation_share above 0, or take"
                + " `tune` out.");
    Sweep nowhere = sweep("name=a", "benchmark.name=cub200", "train.select=validation");
    assertThatThrownBy(() -> SweepExecution.tuning(nowhere))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("There are no validation classes to tune hybrid on.");
  }

  @Test
  void validationClassesAreWhatRunsAreTunedOn() throws IOException {
    Sweep sweep =
        sweep(
            "name=a",
            "benchmark.name=cub200",
            "train.select=validation",
            "benchmark.validation_share=0.12");

    assertThat(SweepExecution.tuning(sweep)).isEqualTo(sweep.candidates("hybrid"));
  }
}
