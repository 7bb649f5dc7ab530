package org.contexture.image;

import java.util.Arrays;

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
    if (height == box.height()) {
      byte[] samples = new byte[width * height * RgbImage.CHANNELS];
      int[] narrow = across(image, box, width);
      for (int index = 0; index < samples.length; index++) {
        samples[index] = (byte) narrow[index];
      }
      return RgbImage.of(width, height, samples);
    }
    int[] rows = width == box.width() ? widened(image, box) : across(image, box, width);
    return RgbImage.of(width, height, down(rows, width, box.height(), height));
  }

  /**
   * The box's rows at their new width: integers, which the second pass adds up faster than bytes.
   */
  private static int[] across(RgbImage image, CropBox box, int width) {
    ResamplingWeights weights = ResamplingWeights.of(box.width(), width);
    int[] quantised = weights.quantised();
    byte[] source = image.samples();
    int[] rows = new int[Math.multiplyExact(box.height() * RgbImage.CHANNELS, width)];
    int target = 0;
    for (int row = 0; row < box.height(); row++) {
      int rowStart = ((box.top() + row) * image.width() + box.left()) * RgbImage.CHANNELS;
      for (int column = 0; column < width; column++) {
        int red = ResamplingWeights.HALF;
        int green = ResamplingWeights.HALF;
        int blue = ResamplingWeights.HALF;
        int from = rowStart + weights.first(column) * RgbImage.CHANNELS;
        int weightStart = column * weights.most();
        int weightEnd = weightStart + weights.count(column);
        for (int tap = weightStart; tap < weightEnd; tap++) {
          int weight = quantised[tap];
          red += weight * (source[from] & 0xFF);
          green += weight * (source[from + 1] & 0xFF);
          blue += weight * (source[from + 2] & 0xFF);
          from += RgbImage.CHANNELS;
        }
        rows[target] = ResamplingWeights.toSample(red);
        rows[target + 1] = ResamplingWeights.toSample(green);
        rows[target + 2] = ResamplingWeights.toSample(blue);
        target += RgbImage.CHANNELS;
      }
    }
    return rows;
  }

  private static int[] widened(RgbImage image, CropBox box) {
    int rowSamples = box.width() * RgbImage.CHANNELS;
    byte[] source = image.samples();
    int[] rows = new int[box.height() * rowSamples];
    for (int row = 0; row < box.height(); row++) {
      int from = ((box.top() + row) * image.width() + box.left()) * RgbImage.CHANNELS;
      int to = row * rowSamples;
      for (int index = 0; index < rowSamples; index++) {
        rows[to + index] = source[from + index] & 0xFF;
      }
    }
    return rows;
  }

  private static byte[] down(int[] rows, int width, int sourceHeight, int height) {
    ResamplingWeights weights = ResamplingWeights.of(sourceHeight, height);
    int rowSamples = width * RgbImage.CHANNELS;
    byte[] samples = new byte[height * rowSamples];
    int[] sums = new int[rowSamples];
    for (int row = 0; row < height; row++) {
      Arrays.fill(sums, ResamplingWeights.HALF);
      for (int tap = 0; tap < weights.count(row); tap++) {
        int weight = weights.quantised()[row * weights.most() + tap];
        add(sums, rows, (weights.first(row) + tap) * rowSamples, weight);
      }
      int target = row * rowSamples;
      for (int index = 0; index < rowSamples; index++) {
        samples[target + index] = (byte) ResamplingWeights.toSample(sums[index]);
      }
    }
    return samples;
  }

  private static void add(int[] sums, int[] rows, int from, int weight) {
    for (int index = 0; index < sums.length; index++) {
      sums[index] += weight * rows[from + index];
    }
  }
}
