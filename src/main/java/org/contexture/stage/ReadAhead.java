package org.contexture.stage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.contexture.benchmark.EntryRange;
import org.contexture.benchmark.FileSource;
import org.contexture.thread.DaemonThreads;

/**
 * Unpacks on a thread of its own, ahead of the receiver: an archive is decompressed further while
 * its files are written. What waits is bounded. The receiver is called on the thread of the caller
 * alone; the other one is never interrupted, which would close the file that it shares.
 */
final class ReadAhead {
  private static final int KIBIBYTE = 1 << 10;

  /** Each call takes one at least, so it bounds their number, too. */
  private static final int MOST_KIBIBYTES = 16 << 10;

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MOST_KIBIBYTES);
  private volatile boolean cancelled;

  private ReadAhead() {}

  /** What the receiver is to be told. */
  private interface Told {
    void to(FileSource.Receiver receiver) throws IOException;
  }

  /** A call of the receiver, or the end. */
  private record Call(Told told, int kibibytes, boolean isLast) {}

  /**
   * Does what {@link FileSource.Opened#unpack} does.
   *
   * @throws InterruptedIOException if the thread is interrupted while it waits
   */
  static void unpack(FileSource.Opened source, EntryRange part, FileSource.Receiver receiver)
      throws IOException {
    ReadAhead ahead = new ReadAhead();
    new DaemonThreads("read ahead").newThread(() -> ahead.read(source, part)).start();
    try {
      ahead.pass(receiver);
    } finally {
      ahead.cancel();
    }
  }

  private void read(FileSource.Opened source, EntryRange part) {
    Told end = receiver -> {};
    try {
      source.unpack(part, new Waiting());
    } catch (IOException | RuntimeException | Error failed) {
      end =
          receiver -> {
            throw failed;
          };
    }
    calls.add(new Call(end, 0, true));
  }

  private void pass(FileSource.Receiver receiver) throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      Call call = next();
      call.told().to(receiver);
      room.release(call.kibibytes());
      goesOn = !call.isLast();
    }
  }

  private Call next() throws InterruptedIOException {
    try {
      return calls.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were unpacked");
    }
  }

  /** Ends the other thread when it comes to its next file. */
  private void cancel() {
    cancelled = true;
    room.release(MOST_KIBIBYTES);
  }

  /** Puts what comes out of the source into the queue. */
  private final class Waiting implements FileSource.Receiver {

    @Override
    public void file(String path, byte[] content) {
      wait(content.length / KIBIBYTE, receiver -> receiver.file(path, content));
    }

    @Override
    public void refused(String path, String reason) {
      wait(0, receiver -> receiver.refused(path, reason));
    }

    @Override
    public void progress(long done, long total, FileSource.Counted counted) {
      wait(0, receiver -> receiver.progress(done, total, counted));
    }

    private void wait(int kibibytes, Told told) {
      int taken = Math.min(MOST_KIBIBYTES, 1 + kibibytes);
      room.acquireUninterruptibly(taken);
      if (cancelled) {
        throw new CancellationException();
      }
      calls.add(new Call(told, taken, false));
    }
  }
}
