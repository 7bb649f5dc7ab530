package org.contexture.pipeline;

import org.apache.avro.specific.SpecificRecord;

/**
 * A dataset that a stage makes beside its result: {@code STAGE.NAME/FINGERPRINT}, complete before
 * the result is, and kept and removed with it.
 *
 * @param recordType the type of its records
 * @param nature whether it is the same in every run
 */
public record Companion(Class<? extends SpecificRecord> recordType, Nature nature) {

  /** What determines the records. */
  public enum Nature {
    /** What determines the result: the same bytes in every run. */
    RESULT,
    /** The run itself, such as how long something took: other records in every run. */
    MEASUREMENT
  }
}
