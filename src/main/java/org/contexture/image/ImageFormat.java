package org.contexture.image;

import java.util.Locale;
import java.util.Set;

/**
 * A format that can be decoded, told by the first bytes of a file. Its name only says whether it is
 * looked at.
 */
public enum ImageFormat {
  /** Portable Network Graphics (RFC 2083). */
  PNG("png", "\u0089PNG\r\n\u001A\n"),
  /** The JPEG interchange format (ITU-T T.81), with or without a JFIF or Adobe marker. */
  JPEG("jpeg", "\u00FF\u00D8\u00FF");

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg");

  private final String platformName;
  // One Latin-1 character a byte.
  private final String firstBytes;

  ImageFormat(String platformName, String firstBytes) {
    this.platformName = platformName;
    this.firstBytes = firstBytes;
  }

  /**
   * The format of an encoded picture.
   *
   * @throws ImageException when there is nothing, or nothing that can be decoded
   */
  public static ImageFormat of(byte[] encoded) throws ImageException {
    if (encoded.length == 0) {
      throw new ImageException("The picture is empty: it has no bytes.");
    }
    for (ImageFormat format : values()) {
      if (format.startsLike(encoded)) {
        return format;
      }
    }
    throw new ImageException(
        "The picture is neither PNG nor JPEG: it starts with the bytes %s."
            .formatted(firstBytes(encoded)));
  }

  /** Whether a name ends with .png, .jpg or .jpeg, in small letters or large. */
  public static boolean isPictureName(String name) {
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** What the Java platform calls this format. */
  String platformName() {
    return platformName;
  }

  private boolean startsLike(byte[] encoded) {
    if (encoded.length < firstBytes.length()) {
      return false;
    }
    for (int index = 0; index < firstBytes.length(); index++) {
      if ((encoded[index] & 0xFF) != firstBytes.charAt(index)) {
        return false;
      }
    }
    return true;
  }

  private static String firstBytes(byte[] encoded) {
    StringBuilder bytes = new StringBuilder();
    for (int index = 0; index < Math.min(encoded.length, 8); index++) {
      bytes.append(index == 0 ? "" : " ").append("%02X".formatted(encoded[index] & 0xFF));
    }
    return bytes.toString();
  }
}
