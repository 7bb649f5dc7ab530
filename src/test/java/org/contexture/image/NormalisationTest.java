package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final RgbImage IMAGE = TestImages.of(2, 1, 0, 255, 51, 255, 0, 102);

  @Test
  void writesChannelAfterChannelAtTheOffset() {
    float[] target = new float[8];

    Normalisation.write(IMAGE, target, 1);

    assertThat(target)
        .containsExactly(
            new float[] {
              0,
              -0.485f / 0.229f,
              0.515f / 0.229f,
              0.544f / 0.224f,
              -0.456f / 0.224f,
              -0.206f / 0.225f,
              -0.006f / 0.225f,
              0
            },
            within(1e-6f));
  }

  @Test
  void refusesATargetThatIsTooSmall() {
    assertThatThrownBy(() -> Normalisation.write(IMAGE, new float[8], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RgbImage[2 x 1] does not fit at 3 of 8");
  }
}
