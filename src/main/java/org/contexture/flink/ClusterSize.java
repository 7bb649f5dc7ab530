package org.contexture.flink;

import org.contexture.failure.Failure;

/**
 * How large a cluster on this machine is.
 *
 * @param workers processes that run tasks
 * @param slots tasks that each worker runs at a time
 * @param heapMegabytes Java heap of the tasks of each worker; PyTorch takes its memory beside it
 * @param accelerators the first so many workers count as having an accelerator
 */
public record ClusterSize(int workers, int slots, int heapMegabytes, int accelerators) {
  /**
   * A size.
   *
   * @throws Failure if there is nothing of what is needed, or more accelerators than workers
   */
  public ClusterSize {
    requirePositive("--workers", workers);
    requirePositive("--slots", slots);
    requirePositive("--heap", heapMegabytes);
    if (accelerators < 0 || accelerators > workers) {
      throw Failure.usage(
          "--accelerators %d: give a number of workers, from 0 to %d.", accelerators, workers);
    }
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw Failure.usage("%s %d: give a number of 1 or more.", option, value);
    }
  }
}
