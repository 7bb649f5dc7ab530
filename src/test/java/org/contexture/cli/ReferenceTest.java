package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.contexture.experiment.ExperimentFile;
import org.junit.jupiter.api.Test;

/** Commands of the paper's code, given to {@code experiments from-reference}. */
class ReferenceTest {
  private static final String[] COMMAND = {"experiments", "from-reference"};

  @Test
  void theExperimentIsPrintedAndWhatIsNotTheSameIsSaid() {
    Outcome outcome =
        Outcome.of(
            COMMAND[0],
            COMMAND[1],
            "python train.py --loss Hybrid --dataset cub \\\n --batch-size 128 --gpu-id 3");

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(ExperimentFile.readText("out", outcome.out()).settings().name())
        .isEqualTo("cub-224-hybrid");
    assertThat(outcome.err()).contains("--gpu-id has no effect");
    assertThat(outcome.out()).contains("--gpu-id has no effect");
  }

  @Test
  void wordsMayBeGivenUnquoted() {
    Outcome quoted = Outcome.of(COMMAND[0], COMMAND[1], "python main.py --dataset Cars --lr 1e-4");
    Outcome unquoted =
        Outcome.of(
            COMMAND[0], COMMAND[1], "--", "python", "main.py", "--dataset", "Cars", "--lr", "1e-4");

    assertThat(unquoted).isEqualTo(quoted);
    assertThat(quoted.out()).contains("name: cars196");
  }

  @Test
  void whatCannotBeTranslatedIsAUsageError() {
    Outcome outcome = Outcome.of(COMMAND[0], COMMAND[1], "python main.py --dataset Cub");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("--dataset: is 'Cub'", "did you mean 'CUB'?");
  }
}
