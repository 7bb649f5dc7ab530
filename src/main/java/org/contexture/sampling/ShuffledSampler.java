package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.contexture.failure.Failure;

/**
 * All examples once an epoch in a new order, whatever their classes; a last half batch is left out.
 */
public final class ShuffledSampler implements BatchSampler {
  private final int examples;
  private final int batchSize;
  private final long seed;

  /**
   * A sampler.
   *
   * @param examples how many there are
   * @param seed what the orders are drawn from
   * @throws Failure when the examples fill no batch
   */
  public ShuffledSampler(int examples, int batchSize, long seed) {
    if (examples < batchSize) {
      throw Failure.usage(
          "A batch is to hold %d images, but there are only %d to train on. Lower"
              + " classes_per_batch or images_per_class of this stage, whose product it is.",
          batchSize, examples);
    }
    this.examples = examples;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    int[] order = Draw.order(examples, random);
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < batchesPerEpoch(); batch++) {
      batches.add(Arrays.copyOfRange(order, batch * batchSize, (batch + 1) * batchSize));
    }
    return batches;
  }

  @Override
  public int batchesPerEpoch() {
    return examples / batchSize;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }
}
