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

/**
 * RGB to JPEG by the libjpeg-turbo 3 in Leptonica, which takes rows as they are and half the time
 * of the platform's writer; the same image gives the same bytes whichever the Java platform.
 *
 * <p>All native memory is freed here. None of it is told to JavaCPP, which would refuse it in a
 * process that holds twice as much memory as its heap may have, as a training does.
 */
final class JpegEncoder {
  private static final int BITS = RgbImage.CHANNELS * Byte.SIZE;

  static {
    // Each picture of 24 bits is worth a message otherwise.
    setMsgSeverity(L_SEVERITY_NONE);
  }

  private JpegEncoder() {}

  static byte[] encode(RgbImage image, int quality) {
    PIX pixels = pixCreateNoInit(image.width(), image.height(), BITS);
    if (pixels == null) {
      throw unfit(image);
    }
    try {
      fill(pixels, image);
      return write(pixels, image, quality);
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

  private static byte[] write(PIX pixels, RgbImage image, int quality) {
    BytePointer written = new BytePointer((Pointer) null);
    SizeTPointer size = new SizeTPointer(new Pointer(ByteBuffer.allocateDirect(Long.BYTES)));
    if (pixWriteMemJpeg(written, size, pixels, quality, 0) != 0) {
      throw unfit(image);
    }
    try {
      byte[] encoded = new byte[Math.toIntExact(size.get())];
      written.get(encoded);
      return encoded;
    } finally {
      lept_free(written);
    }
  }

  private static IllegalArgumentException unfit(RgbImage image) {
    return new IllegalArgumentException(
        "an image of %d x %d cannot be a JPEG file".formatted(image.width(), image.height()));
  }
}
