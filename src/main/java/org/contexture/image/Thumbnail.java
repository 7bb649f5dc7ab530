package org.contexture.image;

/** A small picture in place of a large one, for pages that show many. */
public final class Thumbnail {
  private static final int LARGEST_BYTES = 1 << 14;
  private static final Resize SMALLER = Resize.shortSide(128);
  private static final int QUALITY = 85;

  private Thumbnail() {}

  /**
   * The picture itself if it takes at most 16 KiB, else a JPEG file of 128 pixels on its short
   * side.
   *
   * @param encoded a whole PNG or JPEG file
   * @throws ImageException if it is large and cannot be decoded
   */
  public static byte[] of(byte[] encoded) throws ImageException {
    return encoded.length <= LARGEST_BYTES
        ? encoded
        : ImageEncoder.jpeg(SMALLER.apply(new ImageDecoder().decode(encoded)), QUALITY);
  }
}
