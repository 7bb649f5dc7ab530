package org.contexture.image;

/**
 * The square in the middle of an image: torchvision's {@code CenterCrop}, whose odd pixel is
 * rounded half to even.
 *
 * @param size pixels a side
 */
public record CentreCrop(int size) {

  public CentreCrop {
    if (size < 1) {
      throw new IllegalArgumentException("a size of " + size);
    }
  }

  /** The middle of an image that is at least as large as the crop. */
  public RgbImage apply(RgbImage image) {
    if (image.width() < size || image.height() < size) {
      throw new IllegalArgumentException(
          "%s has no square of %d pixels a side".formatted(image, size));
    }
    return image.crop(new CropBox(offset(image.width()), offset(image.height()), size, size));
  }

  private int offset(int side) {
    return (int) Math.rint((side - size) / 2.0);
  }
}
