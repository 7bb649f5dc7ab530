package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * The work of a command that goes on from where it was when the command is given again, which is
 * said when it ends early.
 *
 * @param command the command line that goes on
 */
record ResumableWork(String command, ExecutionOptions execution, PrintWriter out) {

  /** What is done. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException, IOException;
  }

  /** What is done for its effect. */
  @FunctionalInterface
  interface Effect {
    void run() throws InterruptedException, IOException;
  }

  /**
   * Does it.
   *
   * @return whether it was done; not when it was interrupted
   * @throws Failure as the work fails, with how to go on unless it is a mistake in the command
   */
  boolean isDone(Effect effect) throws IOException {
    return result(
            () -> {
              effect.run();
              return true;
            })
        .isPresent();
  }

  /**
   * Does it.
   *
   * @return what it gives; empty when it was interrupted
   * @throws Failure as the work fails, with how to go on unless it is a mistake in the command
   */
  <T> Optional<T> result(Work<T> work) throws IOException {
    String resume = "What is done is kept; this goes on from there: " + command;
    Farewell farewell = new Farewell(out, resume, execution::cancel);
    try {
      return Optional.of(work.run());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (Failure failure) {
      // The same command would make the same mistake.
      throw failure.category() == Failure.Category.USAGE
          ? failure
          : failure.reworded("%s%n%s", failure.getMessage(), resume);
    } finally {
      farewell.forget();
    }
  }
}
