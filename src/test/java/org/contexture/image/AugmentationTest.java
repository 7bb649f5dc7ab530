package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.contexture.random.RandomStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final RgbImage IMAGE = TestImages.noise(40, 30, 9);
  private static final AugmentationConfig DEFAULTS = AugmentationConfig.builder().build();

  @Test
  void isAPureFunctionOfSeedDrawExampleAndImage() {
    Augmentation augmentation = Augmentation.of(DEFAULTS, 24);

    RgbImage first = augmentation.apply(IMAGE, 1, 2, 3);
    RgbImage unrelated = augmentation.apply(TestImages.noise(50, 50, 1), 5, 6, 7);

    assertThat(unrelated).isNotEqualTo(first);
    assertThat(augmentation.apply(IMAGE, 1, 2, 3)).isEqualTo(first);
    assertThat(Augmentation.of(DEFAULTS, 24).apply(TestImages.noise(40, 30, 9), 1, 2, 3))
        .isEqualTo(first);
  }

  @Test
  void givesEverySeedDrawAndExampleAnImageOfItsOwn() {
    Augmentation augmentation = Augmentation.of(DEFAULTS, 24);
    Set<RgbImage> images = new HashSet<>();

    for (int number = 0; number < 10; number++) {
      images.add(augmentation.apply(IMAGE, 100 + number, 0, 0));
      images.add(augmentation.apply(IMAGE, 0, 100 + number, 0));
      images.add(augmentation.apply(IMAGE, 0, 0, 100 + number));
    }

    assertThat(images).hasSize(30);
  }

  @Test
  void makesImagesOfTheTrainingSizeAndLeavesTheStoredOneAlone() {
    RgbImage image = TestImages.noise(40, 30, 9);

    RgbImage changed = Augmentation.of(DEFAULTS, 24).apply(image, 1, 2, 3);

    assertThat(changed.width()).isEqualTo(24);
    assertThat(changed.height()).isEqualTo(24);
    assertThat(image).isEqualTo(IMAGE);
  }

  @Test
  void cropsAloneWhenNothingElseIsAsked() {
    AugmentationConfig cropOnly = AugmentationConfig.builder().flipProbability(0).build();
    RandomResizedCrop crop = new RandomResizedCrop(24, 0.16, 1, 0.75, 1.33);

    assertThat(Augmentation.of(cropOnly, 24).apply(IMAGE, 1, 2, 3))
        .isEqualTo(new Augmentation(List.of(crop)).apply(IMAGE, 1, 2, 3));
  }

  @Test
  void leavesTheCropsAsTheyWereWhenAStepIsAdded() {
    AugmentationConfig cropOnly = AugmentationConfig.builder().flipProbability(0).build();
    AugmentationConfig flipAlways = AugmentationConfig.builder().flipProbability(1).build();

    RgbImage cropped = Augmentation.of(cropOnly, 24).apply(IMAGE, 1, 2, 3);
    RgbImage flipped = Augmentation.of(flipAlways, 24).apply(IMAGE, 1, 2, 3);

    assertThat(new HorizontalFlip(1).apply(cropped, RandomStream.of())).isEqualTo(flipped);
  }

  @Test
  void appliesStepsInTheOrderGiven() {
    Augmentation augmentation =
        new Augmentation(List.of(new Linear("double", 2, 0), new Linear("then add", 1, 3)));

    assertThat(augmentation.apply(TestImages.of(1, 1, 1, 2, 3), 0, 0, 0))
        .isEqualTo(TestImages.of(1, 1, 5, 7, 9));
  }

  @Test
  void flipsEveryRow() {
    RgbImage image =
        TestImages.of(3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19);

    assertThat(new HorizontalFlip(1).apply(image, RandomStream.of()))
        .isEqualTo(
            TestImages.of(3, 2, 7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13));
  }

  @Test
  void flipsAsOftenAsAsked() {
    HorizontalFlip flip = new HorizontalFlip(0.25);
    int flipped = 0;

    for (int draw = 0; draw < 4000; draw++) {
      flipped += flip.apply(IMAGE, RandomStream.of(draw)).equals(IMAGE) ? 0 : 1;
    }

    assertThat(flipped).isBetween(860, 1140);
  }

  @Test
  void refusesAProbabilityAboveOne() {
    assertThatThrownBy(() -> AugmentationConfig.builder().flipProbability(1.1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("flipProbability is 1.1; allowed is 0 to 1");
  }

  @Test
  void refusesCropBoundsThatMakeNoSense() {
    assertThatThrownBy(() -> AugmentationConfig.builder().scaleMinimum(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a part of 0.0 to 1.0 of the area; allowed is above 0 to 1");
  }

  /** Adds to every sample of an image, or multiplies it. */
  private record Linear(String name, int factor, int summand) implements Augmentation.Step {
    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
      byte[] samples = image.samples().clone();
      for (int index = 0; index < samples.length; index++) {
        samples[index] = (byte) (samples[index] * factor + summand);
      }
      return RgbImage.of(image.width(), image.height(), samples);
    }
  }
}
