package org.contexture.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.random.RandomStream;

/**
 * The random numbers of one tensor. They start at the first 8 bytes, big-endian, of SHA-256 over
 * the seed (8 bytes, big-endian) and the tensor's name (UTF-8).
 */
final class NormalStream {
  private final RandomStream random;

  private NormalStream(RandomStream random) {
    this.random = random;
  }

  static NormalStream of(long seed, String name) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return new NormalStream(RandomStream.seeded(ByteBuffer.wrap(digest.digest()).getLong()));
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return random.nextDouble();
  }

  /** Normal with mean 0 and variance 1. */
  double normal() {
    return random.nextGaussian();
  }
}
