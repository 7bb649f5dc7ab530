package org.contexture.image;

import java.util.random.RandomGenerator;

/**
 * Left and right exchanged, sometimes.
 *
 * @param probability how often, 0 to 1
 */
record HorizontalFlip(double probability) implements Augmentation.Step {

  @Override
  public String name() {
    return "horizontal flip";
  }

  @Override
  public RgbImage apply(RgbImage image, RandomGenerator random) {
    return random.nextDouble() < probability ? flipped(image) : image;
  }

  static RgbImage flipped(RgbImage image) {
    byte[] source = image.samples();
    byte[] flipped = new byte[source.length];
    int rowBytes = image.width() * RgbImage.CHANNELS;
    for (int row = 0; row < source.length; row += rowBytes) {
      int from = row + rowBytes - RgbImage.CHANNELS;
      for (int to = row; to < row + rowBytes; to += RgbImage.CHANNELS) {
        flipped[to] = source[from];
        flipped[to + 1] = source[from + 1];
        flipped[to + 2] = source[from + 2];
        from -= RgbImage.CHANNELS;
      }
    }
    return RgbImage.of(image.width(), image.height(), flipped);
  }
}
