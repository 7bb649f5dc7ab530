package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BootstrapSumsTest {
  private static final int QUERIES = 4000;

  @Test
  void queriesAreDrawnOnceOnAverageAndAsOftenAsAPoissonNumberSays() {
    int[] times = new int[3];
    long sum = 0;
    for (long query = 0; query < QUERIES; query++) {
      for (byte count : BootstrapSums.drawn(query)) {
        sum += count;
        if (count < times.length) {
          times[count]++;
        }
      }
    }
    double draws = QUERIES * 1000.0;
    assertThat(sum / draws).isCloseTo(1, within(0.005));
    assertThat(times[0] / draws).isCloseTo(Math.exp(-1), within(0.002));
    assertThat(times[1] / draws).isCloseTo(Math.exp(-1), within(0.002));
    assertThat(times[2] / draws).isCloseTo(Math.exp(-1) / 2, within(0.002));
  }

  @Test
  void theIntervalOfAShareIsThatOfTheNormalApproximation() {
    BootstrapSums sums = new BootstrapSums();
    for (long query = 0; query < QUERIES; query++) {
      sums.add(query % 10 < 3 ? 1 : 0, BootstrapSums.drawn(query));
    }
    double halfWidth = 1.96 * Math.sqrt(0.3 * 0.7 / QUERIES);

    assertThat(0.3 - sums.low()).isCloseTo(halfWidth, Percentage.withPercentage(10));
    assertThat(sums.high() - 0.3).isCloseTo(halfWidth, Percentage.withPercentage(10));
  }

  @Test
  void aNumberThatAllQueriesShareIsSure() {
    BootstrapSums sums = new BootstrapSums();
    for (long query = 0; query < 5; query++) {
      sums.add(0.625, BootstrapSums.drawn(query));
    }

    assertThat(sums.low()).isEqualTo(0.625);
    assertThat(sums.high()).isEqualTo(0.625);
  }
}
