package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossScaleTest {

  @Test
  void isHalvedByEachOverflowAndDoubledAfterTwoThousandSoundStepsInARow() {
    LossScale scale = new LossScale();
    assertThat(scale.value()).isEqualTo(65_536);

    scale.learn(false);
    scale.learn(false);
    assertThat(scale.value()).isEqualTo(16_384);

    learnFinite(scale, 1_999);
    scale.learn(false);
    learnFinite(scale, 1_999);
    assertThat(scale.value()).isEqualTo(8_192);
    learnFinite(scale, 1);
    assertThat(scale.value()).isEqualTo(16_384);
    learnFinite(scale, 2_000);
    assertThat(scale.value()).isEqualTo(32_768);
  }

  @Test
  void staysWhereItCanBeDividedByAndTellsThatItCannotHelp() {
    LossScale scale = new LossScale();
    for (int overflow = 0; overflow < 40; overflow++) {
      assertThat(scale.isSmallest()).isFalse();
      scale.learn(false);
    }
    assertThat(scale.isSmallest()).isTrue();
    scale.learn(false);
    assertThat(scale.value()).isEqualTo(0x1p-24f);

    learnFinite(scale, 2_000 * 200);
    assertThat(scale.isSmallest()).isFalse();
    assertThat(scale.value()).isEqualTo(0x1p60f);
  }

  @Test
  void goesOnFromWhatWasSaved() {
    LossScale scale = new LossScale();
    scale.learn(false);
    learnFinite(scale, 1_500);

    LossScale resumed = new LossScale();
    resumed.restore(scale.save());
    learnFinite(resumed, 499);
    assertThat(resumed.value()).isEqualTo(32_768);
    learnFinite(resumed, 1);
    assertThat(resumed.value()).isEqualTo(65_536);
  }

  private static void learnFinite(LossScale scale, int steps) {
    for (int step = 0; step < steps; step++) {
      scale.learn(true);
    }
  }
}
