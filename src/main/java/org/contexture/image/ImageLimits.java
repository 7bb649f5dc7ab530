package org.contexture.image;

/**
 * How large a picture may be. A few hundred bytes can announce a picture of gigabytes, so sizes are
 * held against these limits before anything of that size is allocated.
 *
 * @param side most pixels in a row or a column
 * @param pixels most pixels in all; a raster takes three bytes each, and decoding about as much
 *     again
 */
public record ImageLimits(int side, int pixels) {

  /** 32,768 pixels a side and 64 megapixels in all: any camera's picture, no bomb. */
  public static final ImageLimits DEFAULT = new ImageLimits(1 << 15, 1 << 26);

  private static final int MOST_PIXELS = Integer.MAX_VALUE / 4;

  public ImageLimits {
    if (side < 1 || pixels < 1 || pixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "limits of %d a side and %d pixels; allowed are 1 and more, and at most %d pixels"
              .formatted(side, pixels, MOST_PIXELS));
    }
  }

  /** Refuses a picture of no or too many pixels. */
  void check(long width, long height) throws ImageException {
    if (width < 1 || height < 1) {
      throw ImageException.because(
          "The picture says that it has no pixels (%d x %d).", width, height);
    }
    if (width > side || height > side) {
      throw ImageException.because(
          "The picture is too large: %d x %d pixels, and at most %d a side are allowed.",
          width, height, side);
    }
    if (width * height > pixels) {
      throw ImageException.because(
          "The picture is too large: %d x %d pixels, and at most %d in all are allowed.",
          width, height, pixels);
    }
  }
}
