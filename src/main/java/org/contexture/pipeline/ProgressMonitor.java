package org.contexture.pipeline;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.contexture.thread.DaemonThreads;

/** Tells a listener how far the tasks of a stage are, until it is closed. */
final class ProgressMonitor implements AutoCloseable {
  private final Dataset<?> dataset;
  private final Staging staging;
  private final int shards;
  private final Supplier<String> whereabouts;
  private final RunListener listener;
  private final ScheduledExecutorService timer;

  /**
   * Begins to tell.
   *
   * @param shards how many the stage makes, or 0 if that is not known
   */
  ProgressMonitor(
      Dataset<?> dataset,
      Staging staging,
      int shards,
      Supplier<String> whereabouts,
      RunListener listener) {
    this.dataset = dataset;
    this.staging = staging;
    this.shards = shards;
    this.whereabouts = whereabouts;
    this.listener = listener;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            new DaemonThreads("progress of " + dataset.label()));
    long interval = staging.progressInterval().toMillis();
    var unused =
        timer.scheduleWithFixedDelay(this::tell, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void tell() {
    try {
      staging
          .totalProgress(shards)
          .ifPresent(
              progress -> listener.progressed(dataset, progress.withNote(whereabouts.get())));
    } catch (RuntimeException notThisTime) {
      // The timer would never tell anything again, and what is wrong with the store the stage says.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
