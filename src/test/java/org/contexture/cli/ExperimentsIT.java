package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of experiments says how far each was run. */
class ExperimentsIT {
  @TempDir Path directory;

  private String measured(Path store) {
    Outcome outcome =
        Outcome.of("experiments", "list", directory.toString(), "--store", store.toString());
    assertThat(outcome.code()).as("%s", outcome).isZero();
    String line =
        outcome.out().lines().filter(row -> row.contains("small.yaml")).findFirst().orElseThrow();
    return line.substring(line.lastIndexOf("  ")).strip();
  }

  @Test
  void anExperimentIsBegunThenTrainedThenMeasured() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);
    Path store = directory.resolve("store");
    assertThat(measured(store)).isEqualTo("–");

    assertThat(Outcome.of(experiment.run(store, "--until", "index")).code()).isZero();
    assertThat(measured(store)).isEqualTo("begun");

    assertThat(Outcome.of(experiment.run(store, "--until", "train")).code()).isZero();
    assertThat(measured(store)).isEqualTo("trained");

    Outcome run = Outcome.of(experiment.run(store));
    assertThat(run.code()).as("%s", run).isZero();
    String trained =
        run.out().lines().filter(row -> row.startsWith("trained ")).findFirst().orElseThrow();
    assertThat(measured(store)).isEqualTo(trained.split(" +", -1)[1]).matches("[0-9]+\\.[0-9]");
  }

  @Test
  void whatWasRunWithOtherSettingsIsAnotherExperiment() throws IOException {
    SmallExperiment experiment = SmallExperiment.in(directory);
    Path store = directory.resolve("store");

    assertThat(Outcome.of(experiment.run(store, "--until", "index", "--set", "seed=9")).code())
        .isZero();

    assertThat(measured(store)).isEqualTo("–");
  }
}
