package org.contexture.stage;

import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.contexture.image.ImageLimits;
import org.contexture.thread.DaemonThreads;
import org.contexture.thread.InOrder;

/**
 * Threads that the tasks of a process share to prepare images: however few tasks there are, no core
 * is idle. There is one for each core, but no more than could each hold the largest picture there
 * may be.
 */
final class Cores implements AutoCloseable {
  private static final int AHEAD_PER_CORE = 2;
  private static final int AHEAD_AT_LEAST = 2;

  /** Of a raster, and as many while it is being decoded. */
  private static final long BYTES_PER_PIXEL = 6;

  private final int number =
      number(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory());
  private final ExecutorService threads =
      Executors.newFixedThreadPool(number, new DaemonThreads("core"));
  private final AtomicInteger tasks = new AtomicInteger();

  static int number(int processors, long heap) {
    long largest = BYTES_PER_PIXEL * ImageLimits.DEFAULT.pixels();
    return (int) Math.max(1, Math.min(processors, heap / largest));
  }

  /** What one task has of them, until it is closed. */
  Share share() {
    tasks.incrementAndGet();
    return new Share();
  }

  /** What one task has of the cores: alone all of them, else as many as the others. */
  final class Share implements AutoCloseable {

    /** What works result in, in their order; some are done before they are asked for. */
    <T> InOrder<T> inOrder(Iterator<Supplier<T>> works) {
      return new InOrder<>(
          works,
          threads,
          () -> Math.max(AHEAD_AT_LEAST, AHEAD_PER_CORE * number / Math.max(1, tasks.get())));
    }

    @Override
    public void close() {
      tasks.decrementAndGet();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
