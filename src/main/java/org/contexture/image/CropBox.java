package org.contexture.image;

/**
 * A rectangle of pixels inside an image.
 *
 * @param left first column
 * @param top first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record CropBox(int left, int top, int width, int height) {

  public CropBox {
    if (left < 0 || top < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a box of %d x %d at column %d, row %d".formatted(width, height, left, top));
    }
  }

  /** The box that covers a whole image. */
  public static CropBox whole(RgbImage image) {
    return new CropBox(0, 0, image.width(), image.height());
  }

  void checkInside(int imageWidth, int imageHeight) {
    if ((long) left + width > imageWidth || (long) top + height > imageHeight) {
      throw new IllegalArgumentException(
          "%s is not inside an image of %d x %d".formatted(this, imageWidth, imageHeight));
    }
  }
}
