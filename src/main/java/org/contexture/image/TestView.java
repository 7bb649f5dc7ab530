package org.contexture.image;

import java.io.Serializable;

/**
 * How an image is seen when a network is tested: resized, then its middle.
 *
 * @param resize to what before the crop; no change to an image that has been resized so already
 * @param size pixels a side of the crop
 */
public record TestView(Resize resize, int size) implements Serializable {

  public TestView {
    if (resize.size() < size) {
      throw new IllegalArgumentException("a crop of %d after %s".formatted(size, resize));
    }
  }

  /**
   * The square that the network sees.
   *
   * @throws ImageException when the image is so long and thin that it cannot be resized
   */
  public RgbImage apply(RgbImage image) throws ImageException {
    return new CentreCrop(size).apply(resize.apply(image));
  }
}
