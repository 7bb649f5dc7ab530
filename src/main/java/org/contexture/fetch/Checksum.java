package org.contexture.fetch;

import java.io.Serializable;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What tells one content from all others.
 *
 * @param algorithm how it is computed
 * @param hex the value, in lower-case hexadecimal
 */
public record Checksum(Algorithm algorithm, String hex) implements Serializable {

  /** Ways to compute a checksum that archives are published with. */
  public enum Algorithm {
    /** Finds damage, but two files can be made to share one. */
    MD5("MD5", 16),
    SHA256("SHA-256", 32);

    private final String standardName;
    private final int bytes;

    Algorithm(String standardName, int bytes) {
      this.standardName = standardName;
      this.bytes = bytes;
    }

    MessageDigest digest() {
      return DigestUtils.getDigest(standardName);
    }

    @Override
    public String toString() {
      return standardName;
    }
  }

  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + 2 * algorithm.bytes + "}")) {
      throw new IllegalArgumentException("'%s' is no %s".formatted(hex, algorithm));
    }
  }

  /** An MD5, RFC 1321. */
  public static Checksum md5(String hex) {
    return new Checksum(Algorithm.MD5, hex);
  }

  /** A SHA-256, FIPS 180-4. */
  public static Checksum sha256(String hex) {
    return new Checksum(Algorithm.SHA256, hex);
  }

  /** The checksum of what a digest was given so far. */
  static Checksum of(Algorithm algorithm, MessageDigest digest) {
    try {
      MessageDigest soFar = (MessageDigest) digest.clone();
      return new Checksum(algorithm, HexFormat.of().formatHex(soFar.digest()));
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@code md5:…} or {@code sha256:…}. */
  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex;
  }
}
