package org.contexture.image;

import java.util.Arrays;

/**
 * A picture of 8-bit red, green and blue samples, row by row from the top, three bytes a pixel.
 *
 * <p>Immutable by convention: an image takes over the array it is made of and hands the same array
 * out, so that no pixel is copied on the way through a chain of operations. Nobody writes to the
 * array after the image is made; every operation of this package returns an image of its own, or
 * the very same one when there is nothing to do.
 */
public final class RgbImage {
  /** Bytes of one pixel. */
  public static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] samples;

  private RgbImage(int width, int height, byte[] samples) {
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /**
   * An image over the given samples, which now belong to it.
   *
   * @param width pixels in a row, at least 1
   * @param height rows, at least 1
   * @param samples height x width x 3 bytes
   */
  public static RgbImage of(int width, int height, byte[] samples) {
    if (width < 1 || height < 1 || samples.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "%d bytes are not an RGB image of %d x %d".formatted(samples.length, width, height));
    }
    return new RgbImage(width, height, samples);
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** The samples themselves, height x width x 3; not to be written to. */
  public byte[] samples() {
    return samples;
  }

  /** The part of this image inside a box. */
  public RgbImage crop(CropBox box) {
    box.checkInside(width, height);
    if (box.width() == width && box.height() == height) {
      return this;
    }
    int rowBytes = box.width() * CHANNELS;
    byte[] cropped = new byte[box.height() * rowBytes];
    for (int row = 0; row < box.height(); row++) {
      int from = ((box.top() + row) * width + box.left()) * CHANNELS;
      System.arraycopy(samples, from, cropped, row * rowBytes, rowBytes);
    }
    return new RgbImage(box.width(), box.height(), cropped);
  }

  /** Two images are equal when they have the same size and the same samples. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage image
        && width == image.width
        && height == image.height
        && Arrays.equals(samples, image.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(samples) * 31 + width;
  }

  @Override
  public String toString() {
    return "RgbImage[%d x %d]".formatted(width, height);
  }
}
