package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassOrientationTest {
  private static final RgbImage IMAGE = TestImages.noise(3, 2, 1);

  private final ClassOrientation orientation = new ClassOrientation();

  @Test
  void turnsTheImagesOfAClassInABatchAlike() {
    RgbImage wide = TestImages.of(2, 1, 1, 1, 1, 2, 2, 2);
    RgbImage other = TestImages.of(2, 1, 3, 3, 3, 4, 4, 4);

    for (int batch = 0; batch < 50; batch++) {
      RgbImage first = orientation.apply(wide, 1, batch, 7);
      RgbImage second = orientation.apply(other, 1, batch, 7);

      assertThat(second.width()).isEqualTo(first.width());
      assertThat(second.samples()[0] - 2).isEqualTo(first.samples()[0]);
    }
  }

  @Test
  void drawsAllEightOrientationsForBatchesClassesAndSeeds() {
    Set<RgbImage> byBatch = new HashSet<>();
    Set<RgbImage> byClass = new HashSet<>();
    Set<RgbImage> bySeed = new HashSet<>();

    for (int number = 0; number < 200; number++) {
      byBatch.add(orientation.apply(IMAGE, 0, number, 0));
      byClass.add(orientation.apply(IMAGE, 0, 0, number));
      bySeed.add(orientation.apply(IMAGE, number, 0, 0));
    }

    assertThat(byBatch).hasSize(8).contains(IMAGE).isEqualTo(byClass).isEqualTo(bySeed);
  }

  @Test
  void aQuarterTurnPutsTheLeftColumnOnTop() {
    RgbImage upright = TestImages.of(2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    RgbImage turned = TestImages.of(2, 2, 3, 3, 3, 1, 1, 1, 4, 4, 4, 2, 2, 2);
    Set<RgbImage> seen = new HashSet<>();

    for (int batch = 0; batch < 200; batch++) {
      seen.add(orientation.apply(upright, 0, batch, 0));
    }

    assertThat(seen).contains(turned);
  }
}
