package org.contexture.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.contexture.flink.ClusterApi;

/**
 * What the tasks of a job have done that call one of its functions, as the cluster remembers it.
 *
 * @param tasks of the last attempt
 */
record JobTasks(List<Task> tasks) {
  private static final String WRITES = "WriteShard";
  private static final long POLL_MILLISECONDS = 200;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  JobTasks {
    tasks = List.copyOf(tasks);
  }

  /**
   * A task.
   *
   * @param worker the TaskManager it ran on
   * @param read how many records came to it; none if it had nothing to do
   * @param milliseconds from its start to its end
   */
  record Task(String worker, long read, long milliseconds) {}

  /** Those that write the shards of the last job of a stage, once it is over. */
  static JobTasks of(ClusterApi cluster, String stage) throws InterruptedException {
    return of(cluster, stage, WRITES);
  }

  /**
   * Those of the last job of a stage, once it is over.
   *
   * @param function the class that they call
   */
  static JobTasks of(ClusterApi cluster, String stage, String function)
      throws InterruptedException {
    ClusterApi.Job last =
        cluster.jobs().stream()
            .filter(job -> job.name().startsWith("contexture " + stage + "/"))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IllegalStateException("no job of stage " + stage));
    String path = "/jobs/" + last.id();
    awaitEnd(cluster, path);
    List<Task> tasks = new ArrayList<>();
    for (JsonNode vertex : cluster.get(path).path("vertices")) {
      if (vertex.path("name").asText().contains("ParMultiDo(" + function + ")")) {
        String vertexPath = path + "/vertices/" + vertex.path("id").asText();
        for (JsonNode task : cluster.get(vertexPath).path("subtasks")) {
          tasks.add(
              new Task(
                  task.path("taskmanager-id").asText(),
                  task.path("metrics").path("read-records").asLong(),
                  task.path("status-duration").path("RUNNING").asLong()));
        }
      }
    }
    return new JobTasks(tasks);
  }

  /** The cluster tells of a job as it was up to three seconds ago. */
  private static void awaitEnd(ClusterApi cluster, String path) throws InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST);
    JsonNode job = cluster.get(path);
    while (job.path("end-time").asLong() < 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "the job is not over after %d s: %s".formatted(LONGEST.toSeconds(), job));
      }
      Thread.sleep(POLL_MILLISECONDS);
      job = cluster.get(path);
    }
  }

  /** The workers that had something to do. */
  NavigableSet<String> workers() {
    NavigableSet<String> workers = new TreeSet<>();
    tasks.stream().filter(task -> task.read() > 0).map(Task::worker).forEach(workers::add);
    return workers;
  }

  /** How many tasks had something to do: the parallelism that was reached. */
  long busy() {
    return tasks.stream().filter(task -> task.read() > 0).count();
  }

  /** How long the task took that took longest. */
  double longestSeconds() {
    return tasks.stream().mapToLong(Task::milliseconds).max().orElseThrow() / 1e3;
  }
}
