package org.contexture.image;

import org.contexture.random.RandomStream;

/**
 * Turns and mirrors all images of a class in a batch alike, in one of the eight orientations of a
 * square, drawn anew for every class of every batch. What is upside down is then a class of its
 * own, so that a network sees eight times the classes and learns less of each by heart (as Santoro
 * et al., "Meta-Learning with Memory-Augmented Neural Networks", ICML 2016, section 4.1, do with
 * the characters of Omniglot).
 *
 * <p>A pure function of seed, batch, class and image.
 */
public final class ClassOrientation {
  private static final long STREAM = "class orientation".hashCode();
  private static final int QUARTERS = 4;

  /**
   * An image in the orientation of its class.
   *
   * @param seed the seed of the run
   * @param batch number of the batch in the run
   * @param label the class
   */
  public RgbImage apply(RgbImage image, long seed, long batch, long label) {
    RandomStream random = RandomStream.of(seed, batch, label, STREAM);
    int quarters = random.nextInt(QUARTERS);
    boolean mirrored = random.nextDouble() < 0.5;
    RgbImage turned = image;
    for (int quarter = 0; quarter < quarters; quarter++) {
      turned = turned(turned);
    }
    return mirrored ? HorizontalFlip.flipped(turned) : turned;
  }

  /** A quarter turn clockwise: what was the left column, from below, is the top row. */
  private static RgbImage turned(RgbImage image) {
    byte[] source = image.samples();
    byte[] turned = new byte[source.length];
    int width = image.height();
    int height = image.width();
    int to = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int from = ((width - 1 - column) * height + row) * RgbImage.CHANNELS;
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          turned[to++] = source[from + channel];
        }
      }
    }
    return RgbImage.of(width, height, turned);
  }
}
