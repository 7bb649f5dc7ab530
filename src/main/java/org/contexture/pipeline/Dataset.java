package org.contexture.pipeline;

import org.apache.avro.specific.SpecificRecord;

/**
 * A handle on a dataset: the result of a stage, which may or may not have been made yet. Its type
 * parameter is its record type, so that a stage wired to the wrong dataset does not compile.
 *
 * @param <T> the record type
 */
public final class Dataset<T extends SpecificRecord> {
  private final String label;
  private final Stage<T> stage;
  private final Fingerprint fingerprint;

  Dataset(String label, Stage<T> stage) {
    this.label = label;
    this.stage = stage;
    this.fingerprint = Fingerprint.of(stage);
  }

  /** What the experiment calls it; several stages of one name have labels of their own. */
  public String label() {
    return label;
  }

  /** The stage that makes it. */
  public Stage<T> stage() {
    return stage;
  }

  /** Its name for ever. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Where it is in a store. */
  public DatasetId id() {
    return new DatasetId(stage.name(), fingerprint.shortened());
  }

  @Override
  public String toString() {
    return label + " (" + id() + ")";
  }
}
