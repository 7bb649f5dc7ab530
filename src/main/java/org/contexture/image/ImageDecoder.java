package org.contexture.image;

import java.io.IOException;

/**
 * Turns an encoded picture into RGB samples the way the reference does (Pillow, {@code
 * convert("RGB")}): alpha is dropped without compositing, a palette is expanded ignoring
 * transparency, gray is replicated, CMYK planes are taken as Adobe's inverted ones, orientation,
 * gamma and colour profiles are ignored.
 *
 * <p>What is decoded is told by the content ({@link ImageFormat}); the size in the header is held
 * against the limits before a raster is allocated. Safe for use by many threads.
 */
public final class ImageDecoder {
  private final ImageLimits limits;

  /** A decoder with {@linkplain ImageLimits#DEFAULT the usual limits}. */
  public ImageDecoder() {
    this(ImageLimits.DEFAULT);
  }

  /** A decoder that refuses pictures beyond the given limits. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Decodes a whole PNG or JPEG file.
   *
   * @param encoded the bytes of the file
   * @throws ImageException when the file is empty, of another format, too large, cut short or
   *     damaged; its message says which
   */
  public RgbImage decode(byte[] encoded) throws ImageException {
    ImageFormat format = ImageFormat.of(encoded);
    try {
      return switch (format) {
        case PNG -> PngDecoder.decode(encoded, limits);
        case JPEG -> JpegDecoder.decode(encoded, limits);
      };
    } catch (IOException | RuntimeException e) {
      // The platform's readers answer damage with whatever their parsing trips over.
      throw new ImageException("The %s data is damaged: %s.".formatted(format, reason(e)), e);
    }
  }

  private static String reason(Exception exception) {
    Throwable deepest = exception;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}
