package org.contexture.thread;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The results of tasks, in the order of the tasks, of which the next few are at work on other
 * threads.
 *
 * @param <T> a result
 */
public final class InOrder<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<Supplier<T>> tasks;
  private final Executor threads;
  private final IntSupplier ahead;
  private final Queue<Future<T>> next = new ArrayDeque<>();

  /**
   * Starts the first tasks.
   *
   * @param tasks asked for on the thread that asks for the results, as late as possible
   * @param threads where they are at work
   * @param ahead how many may be at work, or have ended, before their result is asked for; it may
   *     change
   */
  public InOrder(Iterator<Supplier<T>> tasks, Executor threads, IntSupplier ahead) {
    this.tasks = tasks;
    this.threads = threads;
    this.ahead = ahead;
    start();
  }

  private void start() {
    while (next.size() < ahead.getAsInt() && tasks.hasNext()) {
      FutureTask<T> task = new FutureTask<>(tasks.next()::get);
      next.add(task);
      threads.execute(task);
    }
  }

  @Override
  public boolean hasNext() {
    return !next.isEmpty();
  }

  /**
   * The next result, when it is there.
   *
   * @throws RuntimeException what its task has thrown
   */
  @Override
  public T next() {
    if (next.isEmpty()) {
      throw new NoSuchElementException();
    }
    T result = await(next.remove());
    start();
    return result;
  }

  private static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a result", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a task failed", failed.getCause());
    }
  }

  /** Drops the tasks that have not begun. */
  @Override
  public void close() {
    next.forEach(task -> task.cancel(false));
  }
}
