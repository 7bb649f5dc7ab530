package org.contexture.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Writes down what a run tells, progress aside. */
final class RecordedRun implements RunListener {
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch waits = new CountDownLatch(1);

  List<String> events() {
    return events;
  }

  /** Blocks until the run waits for another process. */
  void awaitWaiting() throws InterruptedException {
    waits.await();
  }

  @Override
  public void reused(Dataset<?> dataset, Manifest manifest) {
    events.add("reused " + dataset.label());
  }

  @Override
  public void started(Dataset<?> dataset, String reason) {
    events.add("started " + dataset.label() + ": " + reason);
  }

  @Override
  public void waiting(Dataset<?> dataset, String who) {
    events.add("waiting " + dataset.label());
    waits.countDown();
  }

  @Override
  public void progressed(Dataset<?> dataset, Progress progress) {
    if (progress.done() > progress.total()) {
      events.add("impossible progress " + progress);
    }
  }

  @Override
  public void finished(Dataset<?> dataset, Manifest manifest) {
    events.add("finished " + dataset.label() + ": " + manifest.records());
  }
}
