package org.contexture.image;

/**
 * Pillow's antialiased bilinear resize, to the byte: a triangle filter as wide as the reduction,
 * applied across and then down in 22-bit fixed point, with the result of the first pass rounded to
 * 8 bits. A side that does not change has weights of one, which change nothing.
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
    VerticalPass down = new VerticalPass(across, width, box.height(), height);
    int rowSamples = width * RgbImage.CHANNELS;
    byte[] samples = new byte[Math.multiplyExact(rowSamples, height)];
    for (int row = 0; row < height; row++) {
      down.row(row, samples, row * rowSamples);
    }
    return RgbImage.of(width, height, samples);
  }
}
