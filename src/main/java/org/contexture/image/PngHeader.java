package org.contexture.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What a PNG file says before its pixels (RFC 2083, sections 3.2 and 4.1), and whether the file is
 * whole: every chunk present up to the end chunk, the critical ones with the checksum they state.
 * The platform's reader checks neither.
 *
 * @param width pixels in a row
 * @param height rows
 * @param bitDepth bits of a sample or palette index: 1, 2, 4, 8 or 16
 * @param colourType what the samples mean
 */
record PngHeader(int width, int height, int bitDepth, ColourType colourType) {

  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_CHUNK_BYTES = 13;
  private static final int CHUNK_FRAME_BYTES = 12;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  // Bit 5 of the first letter of a chunk's type: lower case, the picture can do without it.
  private static final int ANCILLARY = 0x20000000;

  /** What the samples of a pixel are; the order of the constants is of no meaning. */
  enum ColourType {
    GRAY(0),
    RGB(2),
    PALETTE(3),
    GRAY_ALPHA(4),
    RGB_ALPHA(6);

    private final int code;

    ColourType(int code) {
      this.code = code;
    }

    private static ColourType of(int code) throws ImageException {
      for (ColourType type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw ImageException.because("The PNG data is damaged: there is no colour type %d.", code);
    }
  }

  /** Reads the header, checks the size against the limits, then walks to the end of the file. */
  static PngHeader read(byte[] encoded, ImageLimits limits) throws ImageException {
    ByteBuffer file = ByteBuffer.wrap(encoded).position(SIGNATURE_BYTES);
    if (file.remaining() < HEADER_CHUNK_BYTES + CHUNK_FRAME_BYTES) {
      throw truncated(encoded.length);
    }
    int length = file.getInt();
    if (length != HEADER_CHUNK_BYTES || file.getInt() != IHDR) {
      throw new ImageException("The PNG data is damaged: it does not start with an IHDR chunk.");
    }
    int width = file.getInt();
    int height = file.getInt();
    limits.check(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height));
    int bitDepth = file.get();
    ColourType colourType = ColourType.of(file.get());
    checkChunks(encoded);
    return new PngHeader(width, height, bitDepth, colourType);
  }

  private static void checkChunks(byte[] encoded) throws ImageException {
    ByteBuffer file = ByteBuffer.wrap(encoded).position(SIGNATURE_BYTES);
    while (true) {
      int start = file.position();
      if (file.remaining() < CHUNK_FRAME_BYTES) {
        throw truncated(encoded.length);
      }
      long length = Integer.toUnsignedLong(file.getInt());
      int type = file.getInt();
      if (length > file.remaining() - Integer.BYTES) {
        throw truncated(encoded.length);
      }
      file.position(file.position() + (int) length);
      int expected = file.getInt();
      if ((type & ANCILLARY) == 0) {
        CRC32 checksum = new CRC32();
        checksum.update(encoded, start + Integer.BYTES, (int) length + Integer.BYTES);
        if ((int) checksum.getValue() != expected) {
          throw ImageException.because(
              "The PNG data is damaged: the chunk at byte %d has CRC-32 %08x, but says %08x.",
              start, checksum.getValue(), expected);
        }
      }
      if (type == IEND) {
        return;
      }
    }
  }

  private static ImageException truncated(int bytes) {
    return ImageException.because(
        "The PNG file is truncated: it ends after %d bytes, before its end chunk.", bytes);
  }
}
