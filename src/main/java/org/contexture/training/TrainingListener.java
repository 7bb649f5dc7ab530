package org.contexture.training;

/** Is told how a training goes. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * A step is done.
   *
   * @param step steps done
   * @param steps steps there are
   * @param note a few words about loss and validation
   */
  void progressed(long step, long steps, String note);
}
