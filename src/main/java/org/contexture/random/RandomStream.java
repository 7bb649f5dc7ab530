package org.contexture.random;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014),
 * written out so that the numbers are the same on every version of Java, and started from several
 * numbers at once so that any two places of a run have streams of their own.
 */
public final class RandomStream implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareNormal = Double.NaN;

  private RandomStream(long state) {
    this.state = state;
  }

  /** The stream that belongs to these numbers, in this order. */
  public static RandomStream of(long... numbers) {
    long state = 0;
    for (long number : numbers) {
      state = mix(state + GOLDEN_GAMMA + number);
    }
    return new RandomStream(state);
  }

  /** The plain SplitMix64 with this seed. */
  public static RandomStream seeded(long seed) {
    return new RandomStream(seed);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Box-Muller, cosine first, then sine. */
  @Override
  public double nextGaussian() {
    if (!Double.isNaN(spareNormal)) {
      double normal = spareNormal;
      spareNormal = Double.NaN;
      return normal;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * Math.PI * nextDouble();
    spareNormal = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /** Multiplies instead of dividing; its bias, bound / 2^63, cannot be noticed. */
  @Override
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound of " + bound);
    }
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
  }

  /**
   * A number that looks as good as drawn by chance, another one for each number: the finaliser of
   * SplitMix64, 64-bit variant 13 of David Stafford's for MurmurHash3.
   */
  public static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
