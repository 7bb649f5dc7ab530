package org.contexture.stage;

import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.contexture.thread.DaemonThreads;
import org.contexture.thread.InOrder;

/**
 * A thread for each core of the machine, for the tasks of a process to share: however few tasks
 * there are, no core is idle.
 */
final class Cores implements AutoCloseable {
  private static final int AHEAD_PER_CORE = 2;

  private final int number = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(number, new DaemonThreads("core"));

  /**
   * What the works of one task result in, in their order, some of them ahead of being asked for.
   */
  <T> InOrder<T> inOrder(Iterator<Supplier<T>> works) {
    return new InOrder<>(works, threads, AHEAD_PER_CORE * number);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
