package org.contexture.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A stream of random numbers that is the same on every machine and in every version.
 *
 * <p>SplitMix64 ("Fast Splittable Pseudorandom Number Generators", Steele, Lea and Flood 2014). It
 * starts at the first 8 bytes, big-endian, of SHA-256 over the seed (8 bytes, big-endian) and the
 * stream's name (UTF-8). Written out here because {@link java.util.SplittableRandom} does not
 * promise its sequence.
 */
final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;
  private double spareNormal = Double.NaN;

  private RandomStream(long state) {
    this.state = state;
  }

  static RandomStream of(long seed, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return new RandomStream(ByteBuffer.wrap(digest.digest()).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private long next() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** Uniform in [0, 1): the upper 53 bits of a number. */
  double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Normal with mean 0 and variance 1: Box-Muller, cosine first, then sine. */
  double normal() {
    if (!Double.isNaN(spareNormal)) {
      double normal = spareNormal;
      spareNormal = Double.NaN;
      return normal;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    double angle = 2 * Math.PI * uniform();
    spareNormal = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }
}
