package org.contexture.sampling;

import java.util.List;

/** Puts training examples together in batches. */
public interface BatchSampler {

  /**
   * The batches of an epoch, in the order of training. The same epoch of an equal sampler is always
   * the same.
   *
   * @param epoch counted from 0
   * @return the positions of the examples of each batch
   */
  List<int[]> epoch(int epoch);

  /** How many batches every epoch has. */
  int batchesPerEpoch();

  /** How many images every batch has. */
  int batchSize();
}
