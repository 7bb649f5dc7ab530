package org.contexture.report;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An encoded picture, PNG or JPEG, as it goes into the page: the smaller the better (64 to 160
 * pixels wide), for the page holds some hundreds. Bytes of another type are no error; the page then
 * says that the picture cannot be shown.
 */
public final class Picture {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private final byte[] encoded;

  private Picture(byte[] encoded) {
    this.encoded = encoded;
  }

  /** The picture with these bytes, which are copied. */
  public static Picture of(byte[] encoded) {
    return new Picture(encoded.clone());
  }

  /** The picture as a {@code data:} URI; empty when it is neither PNG nor JPEG. */
  Optional<String> dataUri() {
    return mediaType()
        .map(type -> "data:" + type + ";base64," + Base64.getEncoder().encodeToString(encoded));
  }

  private Optional<String> mediaType() {
    if (startsWith(PNG)) {
      return Optional.of("image/png");
    }
    return startsWith(JPEG) ? Optional.of("image/jpeg") : Optional.empty();
  }

  private boolean startsWith(byte[] signature) {
    return encoded.length > signature.length
        && Arrays.equals(encoded, 0, signature.length, signature, 0, signature.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture && Arrays.equals(encoded, picture.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "Picture[%d bytes]".formatted(encoded.length);
  }
}
