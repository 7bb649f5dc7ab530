package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.contexture.report.RecallVerdict.Between;
import org.junit.jupiter.api.Test;

class RecallVerdictTest {
  private static RecallDifference paired(long onlyFirst, long onlySecond, double probability) {
    return new RecallDifference(
        "a",
        "b",
        0.01,
        -0.01,
        0.03,
        Optional.of(
            new RecallDifference.Pairs(50, onlyFirst, onlySecond, 40, probability, probability)));
  }

  private static RecallDifference apart(double low, double high) {
    return new RecallDifference("a", "b", (low + high) / 2, low, high, Optional.empty());
  }

  private static String text(RecallDifference difference) {
    return new RecallVerdict(difference, Between.SETTINGS).text();
  }

  @Test
  void theSameQueriesAreJudgedByTheTestOfMcNemar() {
    assertThat(text(paired(30, 2, 0.049))).startsWith("Larger than the noise of the queries");
    assertThat(text(paired(30, 28, 0.05))).startsWith("Not larger than noise: equally good");
    assertThat(text(paired(0, 0, 1))).contains("both have the same queries right");
  }

  @Test
  void otherQueriesAreJudgedByTheIntervalAndMayBeToBlame() {
    assertThat(text(apart(0.01, 0.2))).startsWith("Larger than").contains("owed to the images");
    assertThat(text(apart(-0.2, -0.01))).startsWith("Larger than").contains("owed to the images");
    assertThat(text(apart(-0.01, 0.2))).startsWith("Not larger than noise: its interval holds");
  }

  @Test
  void anotherSeedIsNoiseItself() {
    RecallDifference difference = paired(30, 2, 0.001);

    assertThat(new RecallVerdict(difference, Between.SEEDS).text())
        .contains("They differ in nothing but seeds");
    assertThat(new RecallVerdict(difference, Between.SETTINGS).text())
        .endsWith("Of other seeds it says nothing: each is one run.");
    assertThat(new RecallVerdict(paired(0, 0, 1), Between.NOTHING).text())
        .contains("figures of one network");
  }
}
