package org.contexture.image;

/**
 * Pillow's antialiased bilinear resize, to the byte: a triangle filter as wide as the reduction,
 * applied across and then down in 22-bit fixed point, with the result of the first pass rounded to
 * 8 bits. A pass is left out when its side does not change.
 *
 * <p>Only the pixels inside the box count: cropping and then resizing are one operation.
 */
public final class BilinearResampler {

  private BilinearResampler() {}

  /** The whole image at another size. */
  public static RgbImage resize(RgbImage image, int width, int height) {
    return resize(image, CropBox.whole(image), width, height);
  }

  /** A part of the image, cut out and brought to the given size. */
  public static RgbImage resize(RgbImage image, CropBox box, int width, int height) {
    box.checkInside(image.width(), image.height());
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("cannot resize to %d x %d".formatted(width, height));
    }
    if (width == box.width() && height == box.height()) {
      return image.crop(box);
    }
    HorizontalPass across = new HorizontalPass(image, box, width);
    int rowSamples = width * RgbImage.CHANNELS;
    byte[] samples = new byte[Math.multiplyExact(rowSamples, height)];
    if (height == box.height()) {
      acrossOnly(across, rowSamples, samples);
    } else {
      VerticalPass down = new VerticalPass(across, rowSamples, box.height(), height);
      for (int row = 0; row < height; row++) {
        down.row(row, samples, row * rowSamples);
      }
    }
    return RgbImage.of(width, height, samples);
  }

  private static void acrossOnly(HorizontalPass across, int rowSamples, byte[] samples) {
    int[] upper = new int[rowSamples];
    int[] lower = new int[rowSamples];
    for (int from = 0; from < samples.length; from += 2 * rowSamples) {
      across.rows(from / rowSamples, upper, lower);
      boolean last = from + rowSamples == samples.length;
      for (int index = 0; index < rowSamples; index++) {
        samples[from + index] = (byte) upper[index];
        if (!last) {
          samples[from + rowSamples + index] = (byte) lower[index];
        }
      }
    }
  }
}
