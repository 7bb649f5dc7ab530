package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationNameTest {
  private static final String AN_EXPERIMENTS_NAME = "[a-z0-9][a-z0-9-]{0,63}";

  @ParameterizedTest
  @CsvSource({
    "emoji.yaml, emoji.safetensors, emoji-of-emoji",
    "my_exp.yaml, best.pt, my-exp-of-best",
    "My Exp.YAML, Best.PT, my-exp-of-best",
    "cub.256.v2.yaml, epoch.12.pt, cub-256-v2-of-epoch-12",
    "_mine_.yaml, -first-, mine-of-first",
    "experiment, weights, experiment-of-weights"
  })
  void itIsOfLettersAndDigitsOfBothFiles(String experiment, String weights, String name) {
    assertThat(new EvaluationName(experiment, weights).text()).isEqualTo(name);
  }

  @Test
  void aLongNameOfTheExperimentIsCutAndThatOfTheWeightsIsNot() {
    String weights = "w".repeat(48);

    assertThat(new EvaluationName("experiment-".repeat(20) + "a.yaml", weights + ".pt").text())
        .matches(AN_EXPERIMENTS_NAME)
        .startsWith("exp-")
        .endsWith("-of-" + weights);
  }

  @ParameterizedTest
  @CsvSource({"'', '1', '2'", "long-long-long-long-long-, 1, 2", "long_long, '', '-3'"})
  void otherWeightsHaveAnotherNameHoweverLong(String start, String one, String other) {
    String first = new EvaluationName("a.yaml", start.repeat(9) + one + ".pt").text();
    String second = new EvaluationName("a.yaml", start.repeat(9) + other + ".pt").text();

    assertThat(first).matches(AN_EXPERIMENTS_NAME).isNotEqualTo(second);
    assertThat(second).matches(AN_EXPERIMENTS_NAME);
  }

  @Test
  void filesWithoutALatinLetterAreToldApart() {
    String name = new EvaluationName("実験.yaml", "重み.pt").text();

    assertThat(name).matches("[0-9a-f]{8}-of-[0-9a-f]{8}");
    assertThat(new EvaluationName("実験.yaml", "重さ.pt").text()).isNotEqualTo(name);
    assertThat(new EvaluationName("実例.yaml", "重み.pt").text()).isNotEqualTo(name);
  }
}
