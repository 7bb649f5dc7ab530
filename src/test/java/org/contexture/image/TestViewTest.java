package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestViewTest {
  private static final RgbImage IMAGE = TestImages.noise(100, 60, 1);

  @Test
  void theMiddleIsSeenOnceTheImageIsResized() throws ImageException {
    TestView view = new TestView(Resize.shortSide(48), 32);

    RgbImage resized = BilinearResampler.resize(IMAGE, 80, 48);
    assertThat(view.apply(IMAGE)).isEqualTo(resized.crop(new CropBox(24, 8, 32, 32)));
  }

  @Test
  void anImageThatWasStoredResizedIsSeenTheSame() throws ImageException {
    for (Resize resize : new Resize[] {Resize.shortSide(48), Resize.square(48)}) {
      TestView view = new TestView(resize, 32);

      assertThat(view.apply(resize.apply(IMAGE))).isEqualTo(view.apply(IMAGE));
    }
  }

  @Test
  void theCropHasToFit() {
    assertThatThrownBy(() -> new TestView(Resize.square(31), 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
