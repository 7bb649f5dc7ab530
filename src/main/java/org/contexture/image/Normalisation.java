package org.contexture.image;

import java.util.List;

/**
 * Samples to the numbers a network takes: divided by 255, then standardised with the mean and
 * deviation of ImageNet, channel by channel, in the float arithmetic of torchvision's {@code
 * ToTensor} and {@code Normalize}.
 */
public final class Normalisation {
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
  private static final float[][] VALUES = new float[RgbImage.CHANNELS][256];

  static {
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int sample = 0; sample < 256; sample++) {
        VALUES[channel][sample] = (sample / 255f - MEAN[channel]) / DEVIATION[channel];
      }
    }
  }

  private Normalisation() {}

  /** What is subtracted from the samples of each channel, after their division by 255. */
  public static List<Float> mean() {
    return List.of(MEAN[0], MEAN[1], MEAN[2]);
  }

  /** What the samples of each channel are divided by after that. */
  public static List<Float> deviation() {
    return List.of(DEVIATION[0], DEVIATION[1], DEVIATION[2]);
  }

  /**
   * Writes an image channel by channel (3 x height x width).
   *
   * @param image the image
   * @param target where to write: 3 x height x width numbers
   * @param offset the first place in the target
   */
  public static void write(RgbImage image, float[] target, int offset) {
    byte[] samples = image.samples();
    int pixels = image.width() * image.height();
    if (offset < 0 || target.length - offset < samples.length) {
      throw new IllegalArgumentException(
          "%s does not fit at %d of %d".formatted(image, offset, target.length));
    }
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      float[] values = VALUES[channel];
      int to = offset + channel * pixels;
      int from = channel;
      for (int pixel = 0; pixel < pixels; pixel++) {
        target[to + pixel] = values[samples[from] & 0xFF];
        from += RgbImage.CHANNELS;
      }
    }
  }
}
