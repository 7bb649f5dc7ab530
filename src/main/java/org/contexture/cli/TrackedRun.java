package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.contexture.experiment.LoggedTraining;
import org.contexture.experiment.MeasuredTraining;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;
import org.contexture.pipeline.Store;
import org.contexture.thread.DaemonThreads;
import org.contexture.tracking.TrainingTracker;

/**
 * Tells trackers of every training of a run that is in the store, made just now or before, and of
 * what was measured of its network, while the run goes on. A tracker that fails is told nothing
 * more; the run says so once and is not changed by it.
 */
final class TrackedRun implements RunListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RunListener listener;
  private final String experiment;
  private final Store store;
  private final PrintWriter out;
  private final Queue<String> notices = new ConcurrentLinkedQueue<>();
  private final Set<DatasetId> seen = new HashSet<>();
  private final List<TrainingTracker> trackers; // touched by the background thread alone
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(new DaemonThreads("trackers"));

  /**
   * Tells them from now on.
   *
   * @param listener is told all that happens as well
   * @param experiment what the trainings are made for
   */
  TrackedRun(
      RunListener listener,
      String experiment,
      Store store,
      List<TrainingTracker> trackers,
      PrintWriter out) {
    this.listener = listener;
    this.experiment = experiment;
    this.store = store;
    this.trackers = new ArrayList<>(trackers);
    this.out = out;
  }

  @Override
  public synchronized void reused(Dataset<?> dataset, Manifest manifest) {
    printNotices();
    listener.reused(dataset, manifest);
    track(dataset);
  }

  @Override
  public synchronized void started(Dataset<?> dataset, String reason) {
    printNotices();
    listener.started(dataset, reason);
  }

  @Override
  public void waiting(Dataset<?> dataset, String who) {
    listener.waiting(dataset, who);
  }

  @Override
  public void progressed(Dataset<?> dataset, Progress progress) {
    listener.progressed(dataset, progress);
  }

  @Override
  public synchronized void finished(Dataset<?> dataset, Manifest manifest) {
    printNotices();
    listener.finished(dataset, manifest);
    track(dataset);
  }

  @Override
  public void failed(Dataset<?> dataset) {
    listener.failed(dataset);
  }

  private void track(Dataset<?> dataset) {
    if (seen.add(dataset.id())) {
      background.execute(() -> tell(dataset));
    }
  }

  private void tell(Dataset<?> dataset) {
    if (trackers.isEmpty()) {
      return;
    }
    try {
      LoggedTraining.of(experiment, dataset, store)
          .ifPresent(history -> tellAll(tracker -> tracker.track(history)));
      MeasuredTraining.of(experiment, dataset, store)
          .ifPresent(figures -> tellAll(tracker -> tracker.track(figures)));
    } catch (RuntimeException unreadable) {
      notices.add("What %s holds cannot be read: %s".formatted(dataset.label(), unreadable));
    }
  }

  /** Something that a tracker is told. */
  @FunctionalInterface
  private interface Told {
    void to(TrainingTracker tracker) throws IOException, InterruptedException;
  }

  private void tellAll(Told told) {
    trackers.removeIf(tracker -> !isTold(tracker, told));
  }

  private boolean isTold(TrainingTracker tracker, Told told) {
    try {
      told.to(tracker);
      return true;
    } catch (IOException | RuntimeException failed) {
      notices.add(
          "Nothing more is logged to %s: %s. The run goes on; the same command logs it later."
              .formatted(tracker.place(), reason(failed)));
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String reason(Exception failed) {
    boolean worded = failed instanceof IOException && !(failed instanceof FileSystemException);
    return worded ? failed.getMessage() : failed.toString();
  }

  private void printNotices() {
    for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
      out.println(notice);
    }
  }

  /** Waits until the trackers know all, or have taken too long. */
  @Override
  public void close() {
    background.shutdown();
    try {
      if (!background.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        background.shutdownNow();
        notices.add(
            "Not all is logged after %d minutes; the same command logs the rest."
                .formatted(PATIENCE.toMinutes()));
      }
    } catch (InterruptedException interrupted) {
      background.shutdownNow();
      Thread.currentThread().interrupt();
    }
    printNotices();
  }
}
