package org.contexture.pipeline;

import java.io.Serializable;

/**
 * Which keys the shards of a dataset are grouped by, so that a runner that sends keys to tasks by a
 * hash gives each task as many shards. It decides where a shard is made, never what is in it.
 */
@FunctionalInterface
public interface KeySpread extends Serializable {

  /** Each shard by its own number. */
  KeySpread NONE = (shard, shards) -> shard;

  /**
   * The key of a shard: its number, or that and a multiple of how many there are.
   *
   * @param shard from 0
   * @param shards how many there are
   */
  int key(int shard, int shards);
}
