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
  private final Supplier<String> whereabouts;
  private final RunListener listener;
  private final ScheduledExecutorService timer;

  ProgressMonitor(
      Dataset<?> dataset, Staging staging, Supplier<String> whereabouts, RunListener listener) {
    this.dataset = dataset;
    this.staging = staging;
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
          .totalProgress()
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
