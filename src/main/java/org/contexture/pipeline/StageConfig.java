package org.contexture.pipeline;

/** The configuration of a stage; implementations are AutoValue classes. */
public interface StageConfig {

  /**
   * Everything in this configuration that changes the stage's result, defaults included; never
   * where or how fast it is computed.
   */
  Settings settings();
}
