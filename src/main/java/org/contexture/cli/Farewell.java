package org.contexture.cli;

import java.io.PrintWriter;

/**
 * What happens while work goes on and the process is told to end: a sentence, and an end at once.
 * An orderly one would take native memory away under a step that is at work. The store stands it.
 */
final class Farewell {
  static final int EXIT_CODE = 130;

  private final Thread hook;

  /**
   * Says farewell when the process is interrupted before {@link #forget}.
   *
   * @param sentence how to go on
   * @param last what is done before the process ends
   */
  Farewell(PrintWriter out, String sentence, Runnable last) {
    hook =
        new Thread(
            () -> {
              out.printf("%nInterrupted. %s%n", sentence);
              last.run();
              Runtime.getRuntime().halt(EXIT_CODE);
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The work is done. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyLeaving) {
      return;
    }
  }
}
