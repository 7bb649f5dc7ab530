package org.contexture.image;

import java.util.Random;

/** Pictures to test with. */
final class TestImages {

  private TestImages() {}

  /** Every sample random, the same for the same seed. */
  static RgbImage noise(int width, int height, long seed) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    new Random(seed).nextBytes(samples);
    return RgbImage.of(width, height, samples);
  }

  /** Neighbouring pixels differ little, so that JPEG keeps them. */
  static RgbImage smooth(int width, int height) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    int index = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[index++] = (byte) (200 * x / width + 20);
        samples[index++] = (byte) (200 * y / height + 20);
        samples[index++] = (byte) (100 * (x + y) / (width + height) + 60);
      }
    }
    return RgbImage.of(width, height, samples);
  }

  /** All samples given, as numbers of 0 to 255. */
  static RgbImage of(int width, int height, int... samples) {
    byte[] bytes = new byte[samples.length];
    for (int index = 0; index < samples.length; index++) {
      bytes[index] = (byte) samples[index];
    }
    return RgbImage.of(width, height, bytes);
  }
}
