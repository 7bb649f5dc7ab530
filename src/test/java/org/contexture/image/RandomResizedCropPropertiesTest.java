package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.contexture.random.RandomStream;

class RandomResizedCropPropertiesTest {

  @Property(tries = 500)
  void everyBoxIsInsideTheImage(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @DoubleRange(min = 0.01, max = 1) double smallest,
      @ForAll @DoubleRange(min = 0.1, max = 10) double narrowest,
      @ForAll @DoubleRange(min = 1, max = 10) double spread,
      @ForAll long seed) {
    RandomResizedCrop crop = new RandomResizedCrop(8, smallest, 1, narrowest, narrowest * spread);

    CropBox box = crop.sample(width, height, RandomStream.of(seed));

    assertThat(box.left() + box.width()).isLessThanOrEqualTo(width);
    assertThat(box.top() + box.height()).isLessThanOrEqualTo(height);
  }

  @Property(tries = 200)
  void theResultHasTheTrainingSize(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll long seed) {
    RandomResizedCrop crop = new RandomResizedCrop(size, 0.16, 1, 0.75, 1.33);

    RgbImage result = crop.apply(TestImages.noise(width, height, seed), RandomStream.of(seed));

    assertThat(result.width()).isEqualTo(size);
    assertThat(result.height()).isEqualTo(size);
  }
}
