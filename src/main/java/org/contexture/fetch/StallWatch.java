package org.contexture.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.contexture.thread.DaemonThreads;

/**
 * Reads a stream, and closes it under the reader when a read brings nothing for too long. What the
 * reader does between two reads is not the source's time.
 */
final class StallWatch implements AutoCloseable {
  private final InputStream body;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("stall watch"));
  private boolean reading;
  private long readingSince;
  private boolean stalled;

  StallWatch(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
    long interval = Math.max(1, patience.toMillis() / 4);
    var unused = clock.scheduleAtFixedRate(this::check, interval, interval, TimeUnit.MILLISECONDS);
  }

  private synchronized void check() {
    if (reading && System.nanoTime() - readingSince > patience.toNanos()) {
      stalled = true;
      try {
        body.close();
      } catch (IOException closedAnyway) {
        return;
      }
    }
  }

  /** As {@link InputStream#read(byte[])}; what goes wrong is the source's doing. */
  int read(byte[] buffer) throws SourceException {
    startRead();
    try {
      int read = body.read(buffer);
      if (endRead()) {
        return read;
      }
    } catch (IOException failed) {
      if (endRead()) {
        throw SourceException.forNow("broke off (%s)".formatted(failed), failed);
      }
    }
    throw SourceException.forNow("sent nothing for %d ms".formatted(patience.toMillis()));
  }

  private synchronized void startRead() {
    reading = true;
    readingSince = System.nanoTime();
  }

  /** Whether it ended by itself. */
  private synchronized boolean endRead() {
    reading = false;
    return !stalled;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
