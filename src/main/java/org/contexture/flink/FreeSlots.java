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
  private final Duration longestSilence;
  private final Map<String, Integer> promised = new HashMap<>();

  /** What a job cannot do without. */
  enum Fewest {
    ONE,
    /** All that it can use. */
    ALL
  }

  /**
   * The slots of a cluster.
   *
   * @param patience how long to wait for all slots that are wanted before fewer will do: those of a
   *     job that has just ended are free a moment later
   * @param longestSilence how long the cluster may be without an answer, or without a worker
   */
  FreeSlots(ClusterApi api, Duration patience, Duration longestSilence) {
    this.api = api;
    this.patience = patience;
    this.longestSilence = longestSilence;
  }

  /**
   * Waits for slots. How many the cluster has may change meanwhile.
   *
   * @param job that will take them
   * @param most as many as it can use, of those that the cluster has
   * @return how many it takes
   * @throws Failure if the cluster has been silent, or without a worker, for too long
   */
  int await(String job, int most, Fewest fewest) throws InterruptedException {
    long start = System.nanoTime();
    Silence silence = new Silence(longestSilence);
    boolean told = false;
    while (true) {
      boolean patient = System.nanoTime() - start < patience.toNanos();
      int taken = silence.bear(() -> take(job, most, patient ? Fewest.ALL : fewest)).orElse(0);
      if (taken > 0) {
        return taken;
      }
      if (!patient && !told) {
        LOG.log(
            System.Logger.Level.WARNING,
            "%s waits for %s of the cluster at %s"
                .formatted(job, fewest == Fewest.ALL ? "all slots" : "a free slot", api.address()));
        told = true;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Takes what is free; nothing if that is too little. */
  private synchronized int take(String job, int most, Fewest fewest) {
    promised.keySet().removeIf(this::hasItsSlots);
    ClusterApi.Overview overview = api.workforce();
    int wanted = Math.min(most, overview.slots());
    int free = overview.freeSlots() - promised.values().stream().mapToInt(Integer::intValue).sum();
    if (free < (fewest == Fewest.ALL ? wanted : 1)) {
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
