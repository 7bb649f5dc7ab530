package org.contexture.image;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;
import static org.bytedeco.leptonica.global.leptonica.lept_free;
import static org.bytedeco.leptonica.global.leptonica.pixCreateNoInit;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixGetWpl;
import static org.bytedeco.leptonica.global.leptonica.pixWriteMemJpeg;
import static org.bytedeco.leptonica.global.leptonica.setMsgSeverity;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.leptonica.PIX;
import org.contexture.failure.Failure;

/**
 * RGB to JPEG by the libjpeg-turbo 3 in Leptonica, in half the time of the platform's writer: the
 * same image gives the same bytes whichever the Java platform, and they are those that Pillow 9.4
 * writes.
 *
 * <p>All native memory is freed here. None of it is told to JavaCPP, which would refuse it in a
 * process that holds twice as much memory as its heap may have, as a training does.
 */
final class JpegEncoder {
  private static final int BITS = RgbImage.CHANNELS * Byte.SIZE;

  /** What libjpeg allows. */
  private static final int LONGEST_SIDE = 65_500;

  private JpegEncoder() {}

  /**
   * Encodes an image.
   *
   * @throws Failure (environment) if the native library does not load here
   * @throws IllegalArgumentException if a side is longer than a JPEG file can have
   */
  static byte[] encode(RgbImage image, int quality) {
    if (Math.max(image.width(), image.height()) > LONGEST_SIDE) {
      throw new IllegalArgumentException(
          "an image of %d x %d cannot be a JPEG file".formatted(image.width(), image.height()));
    }
    try {
      return encoded(image, quality);
    } catch (LinkageError missing) {
      throw Failure.environment(
              "JPEG files cannot be written on this machine (%s). That takes Linux on x86-64 with"
                  + " glibc 2.34 or newer.",
              missing.getMessage())
          .causedBy(missing);
    }
  }

  private static byte[] encoded(RgbImage image, int quality) {
    // Each picture of 24 bits is worth a message otherwise.
    setMsgSeverity(L_SEVERITY_NONE);
    PIX pixels = pixCreateNoInit(image.width(), image.height(), BITS);
    if (pixels == null) {
      throw new OutOfMemoryError("no native memory for an image to encode");
    }
    try {
      fill(pixels, image);
      return write(pixels, quality);
    } finally {
      pixDestroy(pixels);
    }
  }

  private static void fill(PIX pixels, RgbImage image) {
    BytePointer rows = new BytePointer(pixGetData(pixels));
    int stride = pixGetWpl(pixels) * Integer.BYTES;
    int rowBytes = image.width() * RgbImage.CHANNELS;
    for (int row = 0; row < image.height(); row++) {
      rows.position((long) row * stride).put(image.samples(), row * rowBytes, rowBytes);
    }
  }

  private static byte[] write(PIX pixels, int quality) {
    BytePointer written = new BytePointer((Pointer) null);
    SizeTPointer size = new SizeTPointer(new Pointer(ByteBuffer.allocateDirect(Long.BYTES)));
    try {
      if (pixWriteMemJpeg(written, size, pixels, quality, 0) != 0) {
        throw new OutOfMemoryError("no native memory to encode an image in");
      }
      byte[] encoded = new byte[Math.toIntExact(size.get())];
      written.get(encoded);
      return encoded;
    } finally {
      if (!written.isNull()) {
        lept_free(written);
      }
    }
  }
}
