package org.contexture.training;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.contexture.model.Safetensors;
import org.contexture.thread.DaemonThreads;

/**
 * Writes the states of a training on a thread of its own while the training goes on: one at a time,
 * so that there is one copy of a state in memory at most. Closing it lets the one that is being
 * written be finished, however the training ended; but not when the thread that closes it is
 * interrupted: the state before it is then the last one.
 */
final class StateWriter implements AutoCloseable {
  private final StateFile file;
  private final TrainingListener listener;
  private final ExecutorService thread;
  private Future<?> last = CompletableFuture.completedFuture(null);

  /**
   * A writer.
   *
   * @param listener is told when a state is written, on the other thread
   */
  StateWriter(StateFile file, TrainingListener listener) {
    this.file = file;
    this.listener = listener;
    thread = Executors.newSingleThreadExecutor(new DaemonThreads("state writer"));
  }

  /**
   * Starts to write a state, once the one before it is written.
   *
   * @param state a copy, asked for on this thread
   * @throws RuntimeException that of {@link StateFile#write} or of the listener, if the one before
   *     it came to that
   */
  void write(Supplier<Safetensors> state) {
    await();
    Safetensors copy = state.get();
    last =
        thread.submit(
            () -> {
              file.write(copy);
              listener.saved();
            });
  }

  /** Waits until all is written, and throws as {@link #write} does. */
  void await() {
    try {
      last.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a state was written", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException("writing a state failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
