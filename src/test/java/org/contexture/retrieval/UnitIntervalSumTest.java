package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnitIntervalSumTest {
  @Test
  void countsOnesExactlyAndCarriesFractions() {
    UnitIntervalSum sum = new UnitIntervalSum();
    sum.add(1);
    sum.add(0.75);
    sum.add(0.5);
    sum.add(0);

    assertThat(sum.dividedBy(1)).isEqualTo(2.25);
  }

  @Test
  void staysExactWhereASumOfDoublesDrifts() {
    UnitIntervalSum sum = new UnitIntervalSum();
    double drifting = 0;
    for (int i = 0; i < 1_000_000; i++) {
      sum.add(0.1);
      drifting += 0.1;
    }

    assertThat(sum.dividedBy(1_000_000)).isCloseTo(0.1, within(1e-16));
    assertThat(drifting / 1_000_000).isNotCloseTo(0.1, within(1e-16));
  }

  @Test
  void refusesNumbersOutsideTheInterval() {
    for (double number : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new UnitIntervalSum().add(number))
          .withMessage("between 0 and 1, not " + number);
    }
  }
}
