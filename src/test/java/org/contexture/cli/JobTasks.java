package org.contexture.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.contexture.flink.ClusterAddress;

/**
 * What the tasks of a job have done that write its shards, as the cluster remembers it.
 *
 * @param tasks of the last attempt
 */
record JobTasks(List<Task> tasks) {
  private static final String WRITES = "ParMultiDo(WriteShard)";
  private static final long POLL_MILLISECONDS = 200;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** Those of the last job of a stage, once it is over. */
  static JobTasks of(ClusterAddress cluster, String stage)
      throws IOException, InterruptedException {
    JsonNode last = null;
    for (JsonNode job : get(cluster, "/jobs/overview").path("jobs")) {
      boolean later =
          last == null || job.path("start-time").asLong() > last.path("start-time").asLong();
      if (later && job.path("name").asText().startsWith("contexture " + stage + "/")) {
        last = job;
      }
    }
    if (last == null) {
      throw new IllegalStateException("no job of stage " + stage);
    }
    String path = "/jobs/" + last.path("jid").asText();
    awaitEnd(cluster, path);
    List<Task> tasks = new ArrayList<>();
    for (JsonNode vertex : get(cluster, path).path("vertices")) {
      if (vertex.path("name").asText().contains(WRITES)) {
        String vertexPath = path + "/vertices/" + vertex.path("id").asText();
        for (JsonNode task : get(cluster, vertexPath).path("subtasks")) {
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
  private static void awaitEnd(ClusterAddress cluster, String path)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST);
    while (get(cluster, path).path("end-time").asLong() < 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "the job is not over after %d s: %s"
                .formatted(LONGEST.toSeconds(), get(cluster, path)));
      }
      Thread.sleep(POLL_MILLISECONDS);
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

  private static JsonNode get(ClusterAddress cluster, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://" + cluster + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body());
  }
}
