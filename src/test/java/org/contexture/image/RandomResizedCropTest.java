package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.contexture.random.RandomStream;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
  // No box of this aspect fits, so that every try fails.
  private static final RandomResizedCrop WHOLE_AREA = new RandomResizedCrop(8, 1, 1, 0.75, 1.25);

  @Test
  void takesTheLargestCentredBoxOfAWidePicture() {
    assertThat(WHOLE_AREA.sample(401, 100, RandomStream.of(1)))
        .isEqualTo(new CropBox(138, 0, 125, 100));
  }

  @Test
  void takesTheLargestCentredBoxOfATallPicture() {
    assertThat(WHOLE_AREA.sample(75, 401, RandomStream.of(1)))
        .isEqualTo(new CropBox(0, 150, 75, 100));
  }

  @Test
  void takesTheWholeWhenOnlyItsAspectIsAllowed() {
    assertThat(new RandomResizedCrop(8, 1, 1, 1, 1).sample(50, 50, RandomStream.of(1)))
        .isEqualTo(new CropBox(0, 0, 50, 50));
  }

  @Test
  void cropsDifferentPartsFromDifferentStreams() {
    RandomResizedCrop crop = new RandomResizedCrop(8, 0.16, 1, 0.75, 1.33);

    assertThat(crop.sample(500, 400, RandomStream.of(1)))
        .isNotEqualTo(crop.sample(500, 400, RandomStream.of(2)));
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatThrownBy(() -> new RandomResizedCrop(8, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a part of 0.0 to 1.0 of the area; allowed is above 0 to 1");
    assertThatThrownBy(() -> new RandomResizedCrop(8, 0.5, 1.5, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RandomResizedCrop(8, 0.5, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an aspect of 2.0 to 1.0; both are above 0");
  }
}
