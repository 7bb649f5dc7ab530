package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmCorrectionTest {

  @Test
  void multipliesByHowManyTestsAreLeftAndNeverFalls() {
    List<Double> corrected = HolmCorrection.of(List.of(0.01, 0.04, 0.03, 0.005));

    assertThat(corrected.get(0)).isCloseTo(0.03, within(1e-12));
    assertThat(corrected.get(1)).isCloseTo(0.06, within(1e-12));
    assertThat(corrected.get(2)).isCloseTo(0.06, within(1e-12));
    assertThat(corrected.get(3)).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void isNeverMoreThanOne() {
    assertThat(HolmCorrection.of(List.of(0.7, 0.6))).containsExactly(1.0, 1.0);
  }

  @Test
  void leavesASingleTestAsItIs() {
    assertThat(HolmCorrection.of(List.of(0.04))).containsExactly(0.04);
    assertThat(HolmCorrection.of(List.of())).isEmpty();
  }
}
