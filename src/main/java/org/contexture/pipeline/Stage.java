package org.contexture.pipeline;

import java.util.Collections;
import java.util.SortedMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;

/**
 * A function from datasets to one dataset. Its result depends on its name, version, configuration
 * and inputs alone, so that it can be named before it is made and made once for all experiments.
 *
 * @param <O> the record type of its result
 */
public interface Stage<O extends SpecificRecord> {

  /** What it does, in a word; also its directory in the store. */
  String name();

  /** Goes up by one whenever the same configuration and inputs give other bytes than before. */
  int version();

  /** The record type of its result. */
  Class<O> recordType();

  /** What changes its result. */
  StageConfig config();

  /** What it makes beside its result, by name: lower-case letters, and not {@code rejected}. */
  default SortedMap<String, Companion> companions() {
    return Collections.emptySortedMap();
  }

  /** The datasets it reads, each by the part it plays. */
  SortedMap<String, Dataset<?>> inputs();

  /**
   * The share of its input that it may reject before it counts as failed, 0 to 1. Not part of the
   * fingerprint: it decides whether there is a result, not what the result is.
   */
  default double maxRejectedShare() {
    return 0;
  }

  /** What a person has to know when it starts, such as terms of use; empty for most stages. */
  default String notice() {
    return "";
  }

  /** Which workers it is for. Changes no result. */
  default Placement placement() {
    return Placement.ANY_WORKER;
  }

  /**
   * Adds the stage's body to a Beam pipeline. The body writes the result through {@link
   * StageContext#write} and must give the same bytes on every runner, at every parallelism and
   * after every retry.
   */
  void expand(Pipeline pipeline, StageContext<O> context);
}
