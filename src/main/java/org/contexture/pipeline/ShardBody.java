package org.contexture.pipeline;

import java.io.Serializable;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What one task does to make one shard, whole and in order. It runs on a worker, may run again
 * after a failure, and must then write the same records.
 *
 * @param <T> what a shard is made from; small, since it crosses a shuffle
 * @param <O> the record type
 */
@FunctionalInterface
public interface ShardBody<T, O extends SpecificRecord> extends Serializable {

  /**
   * Writes one shard.
   *
   * @param elements what was sent to the shard, in no particular order
   * @param output takes its records, in the order they shall have
   */
  void write(List<T> elements, ShardOutput<O> output) throws Exception;

  /**
   * Whether no two processes may be at work on one shard, even if the cluster has given one of them
   * up: where what is kept between attempts must not be written by both.
   */
  default boolean isExclusive() {
    return false;
  }

  /** Called on a worker before the first shard, once for each thread that will write shards. */
  default void open() throws Exception {}

  /** Called as often as {@link #open}, when there are no more shards. */
  default void close() throws Exception {}
}
