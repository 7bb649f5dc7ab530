package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RgbImageTest {
  private static final RgbImage IMAGE = TestImages.of(2, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  @Test
  void cropsRowsAndColumns() {
    assertThat(IMAGE.crop(new CropBox(1, 0, 1, 2)))
        .isEqualTo(TestImages.of(1, 2, 4, 5, 6, 10, 11, 12));
    assertThat(IMAGE.crop(new CropBox(0, 1, 2, 1)))
        .isEqualTo(TestImages.of(2, 1, 7, 8, 9, 10, 11, 12));
  }

  @Test
  void croppingToTheWholeCopiesNothing() {
    assertThat(IMAGE.crop(CropBox.whole(IMAGE))).isSameAs(IMAGE);
  }

  @Test
  void refusesABoxThatReachesOutside() {
    assertThatThrownBy(() -> IMAGE.crop(new CropBox(1, 0, 2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not inside an image of 2 x 2");
  }

  @Test
  void refusesSamplesThatAreNotOfItsSize() {
    assertThatThrownBy(() -> RgbImage.of(2, 2, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("11 bytes are not an RGB image of 2 x 2");
  }

  @Test
  void differsFromAnImageOfTheSameSamplesInAnotherShape() {
    assertThat(IMAGE).isNotEqualTo(RgbImage.of(4, 1, IMAGE.samples()));
    assertThat(IMAGE).isNotEqualTo(RgbImage.of(1, 4, IMAGE.samples()));
  }
}
