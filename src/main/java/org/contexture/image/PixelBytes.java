package org.contexture.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Pixels of three bytes read and written four bytes at a time, as integers: red in the lowest byte,
 * then green, then blue, and in the highest whatever comes next.
 */
final class PixelBytes {
  private static final VarHandle FOUR_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private PixelBytes() {}

  /** The pixel that starts at a byte, of an array that goes on for one byte after the pixel. */
  static int read(byte[] samples, int at) {
    return (int) FOUR_BYTES.get(samples, at);
  }

  /**
   * Writes pixels side by side, and nothing beyond the last one.
   *
   * @param pixels at least one
   * @param at the byte that the first one starts at
   */
  static void write(int[] pixels, byte[] samples, int at) {
    int last = pixels.length - 1;
    for (int pixel = 0; pixel < last; pixel++) {
      FOUR_BYTES.set(samples, at + pixel * RgbImage.CHANNELS, pixels[pixel]);
    }
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      samples[at + last * RgbImage.CHANNELS + channel] =
          (byte) (pixels[last] >>> (channel * Byte.SIZE));
    }
  }
}
