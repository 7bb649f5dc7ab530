package org.contexture.pipeline;

/**
 * Is told what a run does. Calls come from several threads; where several stages are at work, some
 * at the same time.
 */
public interface RunListener {

  /** A dataset exists and is used as it is. */
  void reused(Dataset<?> dataset, Manifest manifest);

  /** A stage begins. */
  void started(Dataset<?> dataset, String reason);

  /** Another process is making the dataset, and this one waits for it. */
  void waiting(Dataset<?> dataset, String who);

  /** A stage is at work: called about twice a second, with what it last said of itself. */
  void progressed(Dataset<?> dataset, Progress progress);

  /** A stage is done and its dataset committed. */
  void finished(Dataset<?> dataset, Manifest manifest);

  /** A stage is no longer at work, and made nothing; the run says why when it ends. */
  default void failed(Dataset<?> dataset) {}
}
