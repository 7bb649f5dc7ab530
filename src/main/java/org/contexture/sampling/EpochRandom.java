package org.contexture.sampling;

import java.util.SplittableRandom;

/**
 * The random numbers of one epoch: a {@link SplittableRandom} seeded with mix(seed + mix(epoch +
 * 1)), where mix is the 64-bit finaliser of MurmurHash3 with the constants of Stafford's variant
 * 13. Without the mixing, neighbouring epochs would draw overlapping sequences.
 */
final class EpochRandom {

  private EpochRandom() {}

  static SplittableRandom of(long seed, int epoch) {
    return new SplittableRandom(mix(seed + mix(epoch + 1L)));
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
