package org.contexture.report;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A stage behind the report and the dataset it made.
 *
 * @param label the stage as the plan calls it
 * @param recordType the type of the dataset's records
 * @param fingerprint name of the dataset
 * @param records records in the dataset
 * @param rejected records in its dead-letter dataset
 * @param duration how long making the dataset took, whenever that was
 * @param origin whether this run made it
 * @param inputs fingerprints of the datasets it was made from
 */
public record StageRun(
    String label,
    String recordType,
    String fingerprint,
    long records,
    long rejected,
    Duration duration,
    Origin origin,
    List<String> inputs) {

  /** Where a dataset came from. */
  public enum Origin {
    /** This run made it. */
    RAN("ran"),
    /** It was in the store already. */
    REUSED("reused");

    private final String title;

    Origin(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  public StageRun {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(recordType, "recordType");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(origin, "origin");
    inputs = List.copyOf(inputs);
  }
}
