package org.contexture.image;

/**
 * The first pass of a resize: rows of a part of an image at another width, as planes: all red
 * samples of a row, all green ones, all blue ones. The first source pixels of all target pixels are
 * laid side by side, each in an integer of its own, then weighted and added; then the second ones,
 * and so on, with weights of zero where fewer are left. Adding is a loop over plain arrays of
 * integers, and short enough for the compiler to turn into vector instructions, which it does not
 * for several source pixels at a time.
 */
final class HorizontalPass {
  private final byte[] samples;
  private final int stride;
  private final int start;
  private final int rowBytes;

  /** One row of the source, and after it room for pixels without weight. */
  private final byte[] line;

  /** Where the first source pixel of each target pixel starts in the line. */
  private final int[] starts;

  /** Of the first source pixel of each target pixel, of the second, and so on. */
  private final int[][] weights;

  private final int[] pixels;

  /**
   * A pass.
   *
   * @param width pixels in a row of the result
   */
  HorizontalPass(RgbImage image, CropBox box, int width) {
    this.samples = image.samples();
    this.stride = image.width() * RgbImage.CHANNELS;
    this.start = box.top() * stride + box.left() * RgbImage.CHANNELS;
    ResamplingWeights all = ResamplingWeights.of(box.width(), width);
    this.starts = new int[width];
    this.weights = new int[all.largestCount()][width];
    for (int column = 0; column < width; column++) {
      starts[column] = all.first(column) * RgbImage.CHANNELS;
      for (int tap = 0; tap < all.count(column); tap++) {
        weights[tap][column] = all.quantised()[column * all.most() + tap];
      }
    }
    this.rowBytes = box.width() * RgbImage.CHANNELS;
    this.line = new byte[rowBytes + weights.length * RgbImage.CHANNELS + 1];
    this.pixels = new int[width];
  }

  /**
   * Makes a row.
   *
   * @param planes take the samples of the row: red ones, green ones, blue ones
   */
  void row(int row, int[][] planes) {
    System.arraycopy(samples, start + row * stride, line, 0, rowBytes);
    gather(0);
    for (int channel = 0; channel < planes.length; channel++) {
      begin(weights[0], channel * Byte.SIZE, planes[channel]);
    }
    for (int tap = 1; tap < weights.length; tap++) {
      gather(tap * RgbImage.CHANNELS);
      for (int channel = 0; channel < planes.length; channel++) {
        add(weights[tap], channel * Byte.SIZE, planes[channel]);
      }
    }
    for (int[] plane : planes) {
      ResamplingWeights.toSamples(plane);
    }
  }

  private void gather(int offset) {
    for (int column = 0; column < starts.length; column++) {
      pixels[column] = PixelBytes.read(line, starts[column] + offset);
    }
  }

  private void begin(int[] weight, int shift, int[] sums) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] = ResamplingWeights.HALF + weight[column] * ((pixels[column] >>> shift) & 0xFF);
    }
  }

  private void add(int[] weight, int shift, int[] sums) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += weight[column] * ((pixels[column] >>> shift) & 0xFF);
    }
  }
}
