package org.contexture.flink;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.contexture.failure.Failure;

/** Where jobs are at work, in a few words; the cluster is not asked more than once in a while. */
final class Whereabouts {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final ClusterApi api;
  private final Map<String, Answer> answers = new HashMap<>();

  /** What was said of a job, and when. */
  private record Answer(String text, long asked) {}

  Whereabouts(ClusterApi api) {
    this.api = api;
  }

  /** Where the job of a name is at work. */
  synchronized String of(String job) {
    Answer answer = answers.get(job);
    if (answer == null || System.nanoTime() - answer.asked() >= INTERVAL_NANOS) {
      answer = new Answer(ask(job), System.nanoTime());
      answers.put(job, answer);
    }
    return answer.text();
  }

  private String ask(String job) {
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
