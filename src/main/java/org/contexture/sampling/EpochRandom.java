package org.contexture.sampling;

import java.util.SplittableRandom;
import org.contexture.random.RandomStream;

/**
 * The random numbers of one epoch: a {@link SplittableRandom} seeded with mix(seed + mix(epoch +
 * 1)). Without the mixing, neighbouring epochs would draw overlapping sequences.
 */
final class EpochRandom {

  private EpochRandom() {}

  static SplittableRandom of(long seed, int epoch) {
    return new SplittableRandom(RandomStream.mix(seed + RandomStream.mix(epoch + 1L)));
  }
}
