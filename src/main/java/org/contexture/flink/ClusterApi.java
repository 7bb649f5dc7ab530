package org.contexture.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/** What the REST API of a Flink 1.19 cluster says, and the little that is asked of it. */
public final class ClusterApi {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FIRST_ERROR = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClusterAddress address;
  private final HttpClient client;

  /** The API at an address; nothing is asked yet. */
  public ClusterApi(ClusterAddress address) {
    this.address = address;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }

  /**
   * How much a cluster has.
   *
   * @param workers TaskManagers that have registered
   * @param slots tasks that all of them together run at a time
   * @param freeSlots slots without a task
   */
  public record Overview(int workers, int slots, int freeSlots) {}

  /**
   * A TaskManager.
   *
   * @param id its name
   * @param place where the JobManager finds it; another one after each start
   */
  public record Worker(String id, int slots, int freeSlots, String place) {}

  /**
   * A job of any time since the cluster started.
   *
   * @param state such as {@code RUNNING}, in Flink's words
   * @param start in milliseconds since 1970
   */
  public record Job(String id, String name, String state, long start) {

    /** Whether it has ended, in whatever way. */
    public boolean isOver() {
      return List.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED").contains(state);
    }
  }

  /**
   * A task of a job that is at work.
   *
   * @param worker the TaskManager
   * @param attempt 1 for the first
   */
  record RunningTask(String worker, int attempt) {}

  /**
   * Why a task failed.
   *
   * @param worker the TaskManager, or empty where it is not known
   * @param reason exception and stack trace
   */
  record TaskFailure(String worker, String reason) {}

  /** Where the cluster is. */
  public ClusterAddress address() {
    return address;
  }

  /** Whether somebody answers there. */
  public boolean answers() {
    try {
      get("/overview");
      return true;
    } catch (Failure silent) {
      return false;
    }
  }

  /**
   * How much the cluster has.
   *
   * @throws Failure if no Flink cluster answers
   */
  public Overview overview() {
    JsonNode overview = get("/overview");
    return new Overview(
        overview.path("taskmanagers").intValue(),
        overview.path("slots-total").intValue(),
        overview.path("slots-available").intValue());
  }

  /**
   * How much the cluster has, which is something.
   *
   * @throws Failure if it has no worker, or does not answer
   */
  Overview workforce() {
    Overview overview = overview();
    if (overview.slots() == 0) {
      throw Failure.environment(
          "The Flink cluster at %s has no worker; start one and run the command again.", address);
    }
    return overview;
  }

  /** Whether some of its workers are said to have accelerators. */
  boolean hasAccelerators() {
    for (JsonNode entry : get("/jobmanager/config")) {
      if (entry.path("key").asText().equals(ClusterConfiguration.ACCELERATORS)) {
        return entry.path("value").asInt() > 0;
      }
    }
    return false;
  }

  /**
   * The TaskManagers, by name.
   *
   * @throws Failure if no Flink cluster answers
   */
  public List<Worker> workers() {
    List<Worker> workers = new ArrayList<>();
    for (JsonNode worker : get("/taskmanagers").path("taskmanagers")) {
      workers.add(
          new Worker(
              worker.path("id").textValue(),
              worker.path("slotsNumber").intValue(),
              worker.path("freeSlots").intValue(),
              worker.path("path").textValue()));
    }
    workers.sort(Comparator.comparing(Worker::id));
    return workers;
  }

  /**
   * All jobs, the oldest first.
   *
   * @throws Failure if no Flink cluster answers
   */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(
              job.path("jid").textValue(),
              job.path("name").textValue(),
              job.path("state").textValue(),
              job.path("start-time").longValue()));
    }
    jobs.sort(Comparator.comparing(Job::start));
    return jobs;
  }

  /** The last job of a name. */
  Optional<Job> latest(String name) {
    return jobs().stream().filter(job -> job.name().equals(name)).reduce((first, last) -> last);
  }

  /** The tasks of a job that are at work just now. */
  List<RunningTask> runningTasks(Job job) {
    List<RunningTask> tasks = new ArrayList<>();
    for (JsonNode vertex : get("/jobs/" + job.id()).path("vertices")) {
      if (vertex.path("status").asText().equals("RUNNING")) {
        String path = "/jobs/%s/vertices/%s".formatted(job.id(), vertex.path("id").textValue());
        for (JsonNode task : get(path).path("subtasks")) {
          if (task.path("status").asText().equals("RUNNING")) {
            tasks.add(
                new RunningTask(
                    task.path("taskmanager-id").asText(), task.path("attempt").intValue() + 1));
          }
        }
      }
    }
    return tasks;
  }

  /** Why tasks of a job failed, the last failure first; as many as the cluster remembers. */
  List<TaskFailure> failures(Job job) {
    List<TaskFailure> failures = new ArrayList<>();
    JsonNode history = get("/jobs/%s/exceptions".formatted(job.id())).path("exceptionHistory");
    for (JsonNode entry : history.path("entries")) {
      failures.add(new TaskFailure(workerOf(entry), entry.path("stacktrace").asText("")));
    }
    return failures;
  }

  /** A failure that ends the whole job is of no task, but names those that it is about. */
  private static String workerOf(JsonNode failure) {
    String worker = failure.path("taskManagerId").asText("");
    return worker.isEmpty()
        ? failure.path("concurrentExceptions").path(0).path("taskManagerId").asText("")
        : worker;
  }

  /**
   * Asks for the end of a job; it ends a little later.
   *
   * @throws Failure if no Flink cluster answers, or if the job is over
   */
  public void cancel(Job job) {
    send(
        HttpRequest.newBuilder(address.resolve("/jobs/%s?mode=cancel".formatted(job.id())))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  /**
   * Asks for anything that the REST API has.
   *
   * @param path with the slash that it begins with
   * @return the answer
   * @throws Failure if no Flink cluster answers, or if it has nothing there
   */
  public JsonNode get(String path) {
    try {
      return JSON.readTree(send(HttpRequest.newBuilder(address.resolve(path)).GET()));
    } catch (IOException noJson) {
      throw Failure.environment(
              "What answers at %s is no Flink cluster; give the address of its REST API.", address)
          .causedBy(noJson);
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= FIRST_ERROR) {
        throw Failure.environment(
            "The Flink cluster at %s answers %s with %d: %s",
            address,
            response.request().uri().getPath(),
            response.statusCode(),
            response.body().strip());
      }
      return response.body();
    } catch (IOException unreachable) {
      throw Failure.environment(
              "No Flink cluster answers at %s. Start one with 'contexture cluster start', or give"
                  + " another address with --flink-master.",
              address)
          .causedBy(unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
