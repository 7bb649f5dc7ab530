package org.contexture.image;

/**
 * Stored JPEG samples to RGB, in the integer arithmetic of libjpeg (jdcolor.c: 16-bit fixed point)
 * and, for CMYK, of Pillow, which takes every four-component JPEG for one of Adobe's, whose planes
 * are inverted.
 */
final class JpegColour {
  private static final int FIXED_BITS = 16;
  private static final int HALF = 1 << (FIXED_BITS - 1);
  private static final int MOST = 255;
  private static final int CENTRE = 128;

  private static final int[] RED_OF_CR = new int[MOST + 1];
  private static final int[] GREEN_OF_CR = new int[MOST + 1];
  private static final int[] GREEN_OF_CB = new int[MOST + 1];
  private static final int[] BLUE_OF_CB = new int[MOST + 1];

  static {
    for (int sample = 0; sample <= MOST; sample++) {
      int chroma = sample - CENTRE;
      RED_OF_CR[sample] = (fixed(1.40200) * chroma + HALF) >> FIXED_BITS;
      GREEN_OF_CR[sample] = -fixed(0.71414) * chroma;
      GREEN_OF_CB[sample] = -fixed(0.34414) * chroma + HALF;
      BLUE_OF_CB[sample] = (fixed(1.77200) * chroma + HALF) >> FIXED_BITS;
    }
  }

  private JpegColour() {}

  /** Samples of all pixels, interleaved; the array may become the result. */
  static byte[] toRgb(JpegStructure.ColourSpace colourSpace, byte[] stored) {
    return switch (colourSpace) {
      case RGB -> stored;
      case GRAY -> replicated(stored);
      case YCC -> {
        yccToRgb(stored, RgbImage.CHANNELS);
        yield stored;
      }
      case CMYK -> invertedCmykToRgb(stored);
      case YCCK -> {
        yccToRgb(stored, 4);
        invertColours(stored);
        yield invertedCmykToRgb(stored);
      }
    };
  }

  private static int fixed(double value) {
    return (int) (value * (1 << FIXED_BITS) + 0.5);
  }

  private static byte[] replicated(byte[] gray) {
    byte[] rgb = new byte[gray.length * RgbImage.CHANNELS];
    int target = 0;
    for (byte value : gray) {
      rgb[target++] = value;
      rgb[target++] = value;
      rgb[target++] = value;
    }
    return rgb;
  }

  private static void yccToRgb(byte[] samples, int components) {
    for (int index = 0; index + 2 < samples.length; index += components) {
      int luma = samples[index] & MOST;
      int cb = samples[index + 1] & MOST;
      int cr = samples[index + 2] & MOST;
      samples[index] = clip(luma + RED_OF_CR[cr]);
      samples[index + 1] = clip(luma + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> FIXED_BITS));
      samples[index + 2] = clip(luma + BLUE_OF_CB[cb]);
    }
  }

  /** YCCK is CMYK whose first three, inverted, were taken for RGB and stored as YCC. */
  private static void invertColours(byte[] samples) {
    for (int index = 0; index + 3 < samples.length; index += 4) {
      for (int component = 0; component < 3; component++) {
        samples[index + component] = (byte) (MOST - (samples[index + component] & MOST));
      }
    }
  }

  private static byte[] invertedCmykToRgb(byte[] samples) {
    byte[] rgb = new byte[samples.length / 4 * RgbImage.CHANNELS];
    int target = 0;
    for (int index = 0; index + 3 < samples.length; index += 4) {
      int notBlack = samples[index + 3] & MOST;
      for (int component = 0; component < RgbImage.CHANNELS; component++) {
        int ink = MOST - (samples[index + component] & MOST);
        rgb[target++] = (byte) (notBlack - scaled(ink, notBlack));
      }
    }
    return rgb;
  }

  /** a x b / 255, rounded. */
  private static int scaled(int a, int b) {
    int product = a * b + CENTRE;
    return (product + (product >> Byte.SIZE)) >> Byte.SIZE;
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(MOST, value));
  }
}
