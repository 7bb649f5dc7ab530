package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @Test
  void writesPercentWithOneDecimal() {
    assertThat(Numbers.percent(0.6133)).isEqualTo("61.3\u00a0%");
    assertThat(Numbers.percent(1)).isEqualTo("100.0\u00a0%");
    assertThat(Numbers.percent(Double.NaN)).isEqualTo("–");
  }

  @ParameterizedTest
  @CsvSource({"0.0239, +2.4", "-0.0239, −2.4", "0.0004, ±0.0", "-0.0004, ±0.0", "0, ±0.0"})
  void writesChangesWithASignUnlessTheyVanish(double difference, String written) {
    assertThat(Numbers.change(difference)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"-0.001, 0.00", "-0.004999, 0.00", "-0.0, 0.00", "-0.006, −0.01", "0.5, 0.50"})
  void writesNoSignBeforeASimilarityOfNothing(double similarity, String written) {
    assertThat(Numbers.similarity(similarity)).isEqualTo(written);
  }

  @Test
  void writesNoSignBeforeAPercentageOfNothing() {
    assertThat(Numbers.tenths(-0.0001)).isEqualTo("0.0");
    assertThat(Numbers.percent(-0.0)).isEqualTo("0.0\u00a0%");
  }

  @Test
  void writesOnePointInTheSingular() {
    assertThat(Numbers.points(-0.01)).isEqualTo("1.0\u00a0point");
    assertThat(Numbers.points(0.024)).isEqualTo("2.4\u00a0points");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.04123, 0.0412",
    "0.0005, 0.0005",
    "0.00005, 5e-5",
    "0.00001234, 1.23e-5",
    "-0.00001234, −1.23e-5",
    "123456, 123000",
    "1234567, 1.23e6",
    "-2.5, −2.5",
    "NaN, –",
    "Infinity, –"
  })
  void writesNumbersOfAnySizeWithThreeDigits(double value, String written) {
    assertThat(Numbers.plain(value)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0.4 s",
    "9940, 9.9 s",
    "9960, 10 s",
    "59400, 59 s",
    "59600, 1 min 00 s",
    "252000, 4 min 12 s",
    "3599700, 1 h 00 min",
    "3780000, 1 h 03 min"
  })
  void writesDurationsInTheirOwnUnits(long milliseconds, String written) {
    assertThat(Numbers.duration(Duration.ofMillis(milliseconds)).replace('\u00a0', ' '))
        .isEqualTo(written);
  }

  @Test
  void writesCountsWithTheirNoun() {
    assertThat(Numbers.count(2516, "image", "images")).isEqualTo("2,516\u00a0images");
    assertThat(Numbers.count(1, "image", "images")).isEqualTo("1\u00a0image");
  }

  @ParameterizedTest
  @CsvSource({
    "recall@1, Recall@1, R@1",
    "map@r, mAP@R, mAP@R",
    "map-by-hits@5, mAP by hits@5, mAP by hits@5",
    "ndcg@10, NDCG@10, NDCG@10",
    "own, own, own",
    "own@3, own@3, own@3"
  })
  void callsMetricsByTheirNames(String name, String title, String heading) {
    assertThat(MetricName.title(name)).isEqualTo(title);
    assertThat(MetricName.heading(name)).isEqualTo(heading);
  }
}
