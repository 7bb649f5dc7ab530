package org.contexture.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.contexture.thread.DaemonThreads;

/** Reads a stream, and closes it under the reader when nothing comes for too long. */
final class StallWatch implements AutoCloseable {
  private final InputStream body;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("stall watch"));
  private volatile long lastByte = System.nanoTime();
  private volatile boolean stalled;

  StallWatch(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
    long interval = Math.max(1, patience.toMillis() / 4);
    var unused = clock.scheduleAtFixedRate(this::check, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void check() {
    if (System.nanoTime() - lastByte > patience.toNanos()) {
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
    int read;
    try {
      read = body.read(buffer);
    } catch (IOException failed) {
      throw stalled
          ? tooSlow()
          : SourceException.forNow("broke off (%s)".formatted(failed), failed);
    }
    if (stalled) {
      throw tooSlow();
    }
    lastByte = System.nanoTime();
    return read;
  }

  private SourceException tooSlow() {
    return SourceException.forNow("sent nothing for %d ms".formatted(patience.toMillis()));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
