package org.contexture.fetch;

import java.security.MessageDigest;

/** The checksums of content that comes bit by bit: SHA-256, and the kind that is expected. */
final class ContentDigests {
  private final Checksum.Algorithm expected;
  private final MessageDigest sha256 = Checksum.Algorithm.SHA256.digest();
  private final MessageDigest other;

  ContentDigests(Checksum.Algorithm expected) {
    this.expected = expected;
    this.other = expected == Checksum.Algorithm.SHA256 ? sha256 : expected.digest();
  }

  void add(byte[] bytes, int count) {
    sha256.update(bytes, 0, count);
    if (other != sha256) {
      other.update(bytes, 0, count);
    }
  }

  /** The checksum of what has come so far, of the kind that is expected. */
  Checksum ofExpectedKind() {
    return Checksum.of(expected, other);
  }

  /** The SHA-256 of what has come so far. */
  Checksum sha256() {
    return Checksum.of(Checksum.Algorithm.SHA256, sha256);
  }
}
