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

  /**
   * What is to last is in the directory of the training: what it takes to go on from the end of an
   * epoch, or what is known of a batch that it failed at. The former is told on another thread than
   * {@link #progressed}, perhaps while that is called for the next epoch.
   */
  default void saved() {}
}
