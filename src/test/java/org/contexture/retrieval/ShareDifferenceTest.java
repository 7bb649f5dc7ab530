package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareDifferenceTest {

  @Test
  void isWhatIsComputedByHand() {
    // 0.6 - 0.5; the variance is 0.6 · 0.4 / 100 + 0.5 · 0.5 / 200 = 0.00365.
    ShareDifference difference = ShareDifference.independent(60, 100, 100, 200);

    assertThat(difference.value()).isCloseTo(0.1, within(1e-12));
    assertThat(difference.low()).isCloseTo(0.1 - 1.959964 * Math.sqrt(0.00365), within(1e-6));
    assertThat(difference.high()).isCloseTo(0.1 + 1.959964 * Math.sqrt(0.00365), within(1e-6));
  }

  @Test
  void refusesSharesOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShareDifference.independent(0, 0, 1, 2))
        .withMessage("0 hits of 0 queries");
    assertThatIllegalArgumentException().isThrownBy(() -> ShareDifference.independent(3, 2, 1, 2));
  }
}
