package org.contexture.pipeline;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the tasks of a stage find their workers. Beam has no way to say where a task shall run. So a
 * task that needs an accelerator is offered many times over, to every slot of the cluster; who has
 * none lets it pass, and of those who have one the first takes it.
 *
 * @param placement which workers it is for
 * @param copies how often each task is offered; 1 where any worker may take it
 * @param spread the keys of tasks that are offered once
 */
public record Offer(Placement placement, int copies, KeySpread spread) implements Serializable {

  /** To whoever comes. */
  static final Offer ONCE = new Offer(Placement.ANY_WORKER, 1, KeySpread.NONE);

  /**
   * The keys that a shard is offered under; each is its number and a multiple of {@code shards}.
   */
  List<Integer> keys(int shard, int shards) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalStateException("shard " + shard + " of " + shards);
    }
    return copies == 1
        ? List.of(spread.key(shard, shards))
        : IntStream.range(0, copies).mapToObj(copy -> shard + copy * shards).toList();
  }

  boolean isForThisProcess() {
    return copies == 1 || Boolean.getBoolean(Placement.ACCELERATOR_PROPERTY);
  }

  /** Whether no two processes may be at work on one task, even if one of them is given up. */
  boolean isExclusive() {
    return placement == Placement.ACCELERATOR;
  }
}
