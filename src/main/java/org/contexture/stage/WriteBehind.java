package org.contexture.stage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.contexture.benchmark.FileSource;
import org.contexture.thread.DaemonThreads;

/**
 * Passes on what comes out of a source to another receiver, in order, on a thread of its own: an
 * archive is decompressed further while its files are written. What waits is bounded.
 */
final class WriteBehind implements FileSource.Receiver, Closeable {
  private static final long MOST_BYTES = 16 << 20;
  private static final int MOST_CALLS = 1024;
  private static final long SECONDS_TO_END = 60;

  private final FileSource.Receiver receiver;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("write behind"));
  private final Queue<Call> waiting = new ArrayDeque<>();
  private long waitingBytes;

  /** A call to the receiver, and how many bytes it keeps in memory. */
  private record Call(Future<Void> done, int bytes) {}

  WriteBehind(FileSource.Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void file(String path, byte[] content) throws IOException {
    pass(
        content.length,
        () -> {
          receiver.file(path, content);
          return null;
        });
  }

  @Override
  public void refused(String path, String reason) throws IOException {
    pass(
        0,
        () -> {
          receiver.refused(path, reason);
          return null;
        });
  }

  @Override
  public void progress(long done, long total, FileSource.Counted counted) throws IOException {
    pass(
        0,
        () -> {
          receiver.progress(done, total, counted);
          return null;
        });
  }

  private void pass(int bytes, Callable<Void> call) throws IOException {
    while (!waiting.isEmpty()
        && (waiting.peek().done().isDone()
            || waiting.size() >= MOST_CALLS
            || waitingBytes + bytes > MOST_BYTES)) {
      awaitFirst();
    }
    waiting.add(new Call(thread.submit(call), bytes));
    waitingBytes += bytes;
  }

  /** Waits until the receiver has everything. */
  void finish() throws IOException {
    while (!waiting.isEmpty()) {
      awaitFirst();
    }
  }

  private void awaitFirst() throws IOException {
    Call first = waiting.remove();
    waitingBytes -= first.bytes();
    try {
      first.done().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were written");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unwritable) {
        throw unwritable;
      } else if (failed.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Drops what still waits; when this returns, the receiver is not called any more. */
  @Override
  public void close() throws IOException {
    waiting.forEach(call -> call.done().cancel(false));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a file is not written in %d s".formatted(SECONDS_TO_END));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file was written");
    }
  }
}
