package org.contexture.model;

/**
 * A convolution without bias whose padding is half its kernel.
 *
 * @param name its torchvision name
 * @param channels of what it is given
 * @param outputs channels of what it makes
 * @param kernel height and width
 * @param side height and width of the maps that it is given
 */
record Convolution(String name, int channels, int outputs, int kernel, int stride, int side) {
  int padding() {
    return kernel / 2;
  }

  /** Height and width of the maps that it makes. */
  int sideAfter() {
    return sideAfter(side, stride);
  }

  static int sideAfter(int side, int stride) {
    return (side + stride - 1) / stride;
  }
}
