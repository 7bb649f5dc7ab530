package org.contexture.training;

import java.util.Locale;
import org.contexture.record.StepTiming;

/** How fast an epoch goes, and how much of its time goes by waiting for batches. */
final class Pace {
  private static final double NANOS = 1e9;

  private long images;
  private double seconds;
  private double waiting;

  /**
   * Counts a step in.
   *
   * @param step number of the step, from 1
   * @param images in its batch
   * @param nanos it took
   * @param waitNanos of them it waited for the batch
   */
  StepTiming add(long step, int images, long nanos, long waitNanos) {
    double took = nanos / NANOS;
    double waited = waitNanos / NANOS;
    this.images += images;
    seconds += took;
    waiting += waited;
    return new StepTiming(step, took, waited, images / took);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.0f images/s, waiting %.0f %%", images / seconds, 100 * waiting / seconds);
  }
}
