package org.contexture.flink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.contexture.failure.Failure;

/** Where a job is at work, in a few words; the cluster is not asked more than once in a while. */
final class Whereabouts {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final ClusterApi api;
  private String job = "";
  private String text = "";
  private long asked;

  Whereabouts(ClusterApi api) {
    this.api = api;
  }

  /** From now on it is about the job of this name. */
  synchronized void of(String name) {
    job = name;
    text = "";
    asked = System.nanoTime() - INTERVAL_NANOS;
  }

  synchronized String text() {
    if (System.nanoTime() - asked >= INTERVAL_NANOS) {
      asked = System.nanoTime();
      text = ask();
    }
    return text;
  }

  private String ask() {
    try {
      Optional<ClusterApi.Job> running = api.latest(job);
      return running.map(found -> describe(found, api.runningTasks(found))).orElse("");
    } catch (Failure notNow) {
      return "the cluster does not answer";
    }
  }

  static String describe(ClusterApi.Job job, List<ClusterApi.RunningTask> tasks) {
    if (tasks.isEmpty()) {
      return job.isOver() ? "" : "waiting for a worker";
    }
    String workers =
        tasks.stream()
            .map(ClusterApi.RunningTask::worker)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    int attempt = tasks.stream().mapToInt(ClusterApi.RunningTask::attempt).max().orElseThrow();
    return "attempt %d on %s".formatted(attempt, workers);
  }
}
