package org.contexture.pipeline;

/** Which workers of a cluster a stage is for. */
public enum Placement {
  /** All are as good. */
  ANY_WORKER,

  /**
   * Those with an accelerator, on a cluster that says it has some, and one process at a time
   * wherever it runs.
   */
  ACCELERATOR;

  /** The property of the Java virtual machine of a worker that has an accelerator. */
  public static final String ACCELERATOR_PROPERTY = "contexture.accelerator";
}
