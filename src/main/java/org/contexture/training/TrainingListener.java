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
   * What it takes to go on is in the directory of the training, from the end of an epoch. Called on
   * another thread than {@link #progressed}, perhaps while that is called for the next epoch.
   */
  default void saved() {}
}
