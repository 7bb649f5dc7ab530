package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.contexture.retrieval.AveragePrecisionAtK.Divisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankMetricsTest {
  private static final double EXACT = 1e-15;

  private static double value(RankMetric metric, Integer... ranks) {
    return metric.value(RankedRelevance.of(Ranked.at(ranks)));
  }

  @Test
  void recallAtKAsksForOneHitAmongTheFirstK() {
    assertThat(value(new RecallAtK(2), 3, 4, 9)).isEqualTo(0);
    assertThat(value(new RecallAtK(3), 3, 4, 9)).isEqualTo(1);
    assertThat(value(new RecallAtK(1000), 3, 4, 9)).isEqualTo(1);
    assertThat(value(new RecallAtK(1000))).isEqualTo(0);
  }

  @Test
  void precisionAtKIsTheShareOfHitsAmongTheFirstK() {
    assertThat(value(new PrecisionAtK(4), 1, 4, 5)).isEqualTo(0.5);
    assertThat(value(new PrecisionAtK(10), 1, 4)).isEqualTo(0.2);
    assertThat(value(new PrecisionAtK(10))).isEqualTo(0);
  }

  @Test
  void rPrecisionIsTheShareOfHitsAmongTheFirstR() {
    assertThat(value(new RPrecision(), 1, 3, 5, 80)).isEqualTo(0.5);
  }

  @Test
  void averagePrecisionsSumPrecisionsAtHitsAsFarAsTheyLook() {
    double first = 1;
    double second = 2.0 / 3;
    double third = 3.0 / 6;
    double fourth = 4.0 / 8;

    assertThat(value(new AveragePrecisionAtR(), 1, 3, 6, 8))
        .isCloseTo((first + second) / 4, within(EXACT));
    assertThat(value(new AveragePrecision(), 1, 3, 6, 8))
        .isCloseTo((first + second + third + fourth) / 4, within(EXACT));
    assertThat(value(new AveragePrecisionAtK(7, Divisor.RELEVANT), 1, 3, 6, 8))
        .isCloseTo((first + second + third) / 4, within(EXACT));
    assertThat(value(new AveragePrecisionAtK(7, Divisor.HITS), 1, 3, 6, 8))
        .isCloseTo((first + second + third) / 3, within(EXACT));
  }

  @Test
  void whatIsNotAmongTheKNearestHasNoPrecisionThere() {
    assertThat(value(new AveragePrecisionAtK(2, Divisor.RELEVANT), 3)).isEqualTo(0);
    assertThat(value(new AveragePrecisionAtK(2, Divisor.HITS), 3)).isEqualTo(0);
  }

  @Test
  void reciprocalRankIsOneOverTheRankOfTheFirstHit() {
    assertThat(value(new ReciprocalRank(), 4, 5)).isEqualTo(0.25);
    assertThat(value(new ReciprocalRank())).isEqualTo(0);
  }

  @Test
  void normalisedGainDiscountsHitsByTheLogarithmOfTheirRank() {
    double ideal = 1 + 1 / log2(3) + 1 / log2(4);

    assertThat(value(new NormalisedGainAtK(5), 2, 5, 9))
        .isCloseTo((1 / log2(3) + 1 / log2(6)) / ideal, within(EXACT));
    assertThat(value(new NormalisedGainAtK(2), 2, 5, 9))
        .isCloseTo((1 / log2(3)) / (1 + 1 / log2(3)), within(EXACT));
    assertThat(value(new NormalisedGainAtK(5), 1, 2, 3)).isEqualTo(1);
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "2, 2", "5, 4"})
  void refuseRanksThatDoNotAscend(int first, int second) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankedRelevance.of(Ranked.at(first, second)))
        .withMessageContaining("of query 77 do not ascend");
  }

  @Test
  void refuseAKBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecallAtK(0))
        .withMessageContaining("at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AveragePrecisionAtK(-1, Divisor.HITS))
        .withMessageContaining("at least 1, not -1");
  }
}
