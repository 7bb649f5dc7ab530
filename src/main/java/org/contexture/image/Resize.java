package org.contexture.image;

import java.io.Serializable;

/**
 * The rule by which a picture of any size is brought to the size of a data set: torchvision's
 * {@code Resize}, with {@link BilinearResampler}.
 *
 * @param rule what the size is a size of
 * @param size pixels, at least 1
 */
public record Resize(Rule rule, int size) implements Serializable {

  /** What is brought to the given size. */
  public enum Rule {
    /** The shorter side; the longer one keeps the aspect, rounded down. */
    SHORT_SIDE,
    /** Both sides, whatever the aspect was. */
    SQUARE
  }

  public Resize {
    if (size < 1) {
      throw new IllegalArgumentException("a size of " + size);
    }
  }

  /** The shorter side to {@code size}, the aspect kept; no change when it is that already. */
  public static Resize shortSide(int size) {
    return new Resize(Rule.SHORT_SIDE, size);
  }

  /** Both sides to {@code size}, the aspect not kept. */
  public static Resize square(int size) {
    return new Resize(Rule.SQUARE, size);
  }

  /**
   * The picture at its new size.
   *
   * @throws ImageException when a picture is so long and thin that its new size is beyond the
   *     {@linkplain ImageLimits#DEFAULT usual limits}
   */
  public RgbImage apply(RgbImage image) throws ImageException {
    if (rule == Rule.SQUARE) {
      return BilinearResampler.resize(image, size, size);
    }
    int shorter = Math.min(image.width(), image.height());
    long width = image.width() == shorter ? size : (long) size * image.width() / shorter;
    long height = image.height() == shorter ? size : (long) size * image.height() / shorter;
    ImageLimits.DEFAULT.check(width, height);
    return BilinearResampler.resize(image, (int) width, (int) height);
  }
}
