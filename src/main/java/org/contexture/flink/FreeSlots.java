package org.contexture.flink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.contexture.failure.Failure;

/**
 * The slots of a cluster that a job may take. Flink hands slots to waiting jobs as they become
 * free, so that of two jobs each may hold what the other one waits for. So a job is submitted only
 * when there are slots for it.
 */
final class FreeSlots {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final System.Logger LOG = System.getLogger(FreeSlots.class.getName());

  private final ClusterApi api;
  private final Duration patience;
  private final Map<String, Integer> promised = new HashMap<>();

  /**
   * The slots of a cluster.
   *
   * @param patience how long to wait for all slots that are wanted before fewer will do: those of a
   *     job that has just ended are free a moment later
   */
  FreeSlots(ClusterApi api, Duration patience) {
    this.api = api;
    this.patience = patience;
  }

  /**
   * Waits for slots.
   *
   * @param job that will take them
   * @param wanted as many as it can use
   * @param fewest as many as it cannot do without
   * @return how many it takes
   */
  int await(String job, int wanted, int fewest) throws InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      boolean patient = System.nanoTime() - start < patience.toNanos();
      int taken = take(job, wanted, patient ? wanted : Math.min(fewest, wanted));
      if (taken > 0) {
        return taken;
      }
      if (!patient && !told) {
        LOG.log(
            System.Logger.Level.WARNING,
            "%s waits for %d free slots of the cluster at %s"
                .formatted(job, fewest, api.address()));
        told = true;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private synchronized int take(String job, int wanted, int fewest) {
    promised.keySet().removeIf(this::hasItsSlots);
    int free =
        api.overview().freeSlots() - promised.values().stream().mapToInt(Integer::intValue).sum();
    if (free < fewest) {
      return 0;
    }
    int taken = Math.min(free, wanted);
    promised.put(job, taken);
    return taken;
  }

  /**
   * Whether the cluster itself counts the slots of a job. It remembers jobs that are over, and an
   * earlier one may have had the same name: they say nothing.
   */
  private boolean hasItsSlots(String name) {
    return api.latest(name).filter(job -> !job.isOver() && isAtWork(job)).isPresent();
  }

  private boolean isAtWork(ClusterApi.Job job) {
    try {
      return !api.runningTasks(job).isEmpty();
    } catch (Failure notNow) {
      return false;
    }
  }

  /** Says that a job has ended, or was never submitted. */
  synchronized void release(String job) {
    promised.remove(job);
  }
}
