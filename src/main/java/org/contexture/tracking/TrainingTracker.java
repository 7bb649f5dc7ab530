package org.contexture.tracking;

import java.io.IOException;

/** Keeps what was logged of trainings in a form that other tools read. */
public interface TrainingTracker {

  /** Where it keeps it, for messages. */
  String place();

  /**
   * Keeps a history. The same history again changes nothing.
   *
   * @throws IOException if it cannot; the message says why
   */
  void track(TrainingHistory history) throws IOException, InterruptedException;

  /**
   * Keeps what was measured of the network of a training whose history it has been given. The same
   * figures again change nothing.
   *
   * @throws IOException if it cannot; the message says why
   */
  void track(TestFigures figures) throws IOException, InterruptedException;
}
