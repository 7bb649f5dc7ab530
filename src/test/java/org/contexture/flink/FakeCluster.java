package org.contexture.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The REST API of a cluster that says what the test wants it to. */
final class FakeCluster implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  private static final long POLL_MILLISECONDS = 10;

  private final HttpServer server;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final AtomicInteger overviews = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile int slots = 4;
  private volatile int free = 4;

  /**
   * A job.
   *
   * @param worker that one task of it is at work on, or empty
   * @param reason why its last task failed, or empty
   */
  private record Job(
      String id, String name, String state, long start, String worker, String reason) {}

  private FakeCluster(HttpServer server) {
    this.server = server;
  }

  /** A cluster of four free slots and no job. */
  static FakeCluster start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeCluster cluster = new FakeCluster(server);
    server.createContext("/", cluster::handle);
    server.start();
    return cluster;
  }

  ClusterApi api() {
    return new ClusterApi(new ClusterAddress("127.0.0.1", server.getAddress().getPort()));
  }

  void slots(int all, int free) {
    this.slots = all;
    this.free = free;
  }

  /** A job that has no task at work. */
  void job(String id, String name, String state) {
    put(new Job(id, name, state, start(id), "", ""));
  }

  /** A job with a task at work. */
  void runningOn(String worker, String id, String name) {
    put(new Job(id, name, "RUNNING", start(id), worker, ""));
  }

  /** A job whose last task failed. */
  void failed(String id, String name, String reason) {
    put(new Job(id, name, "FAILED", start(id), "", reason));
  }

  private void put(Job job) {
    jobs.put(job.id(), job);
  }

  private long start(String id) {
    Job known = jobs.get(id);
    return known == null ? jobs.size() + 1 : known.start();
  }

  /** Gives no answer to the next questions. */
  void fallSilent(int questions) {
    unanswered.set(questions);
  }

  void awaitSilenceOver() throws InterruptedException {
    while (unanswered.get() > 0) {
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /** Waits until it was asked for its slots so often. */
  void awaitOverviews(int times) throws InterruptedException {
    while (overviews.get() < times) {
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /** How often it was asked for its slots. */
  int overviews() {
    return overviews.get();
  }

  /** The jobs that somebody has cancelled, in that order. */
  List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (unanswered.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      answer(exchange, UNAVAILABLE, "{}");
      return;
    }
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/overview")) {
      overviews.incrementAndGet();
      answer(
          exchange,
          OK,
          "{\"taskmanagers\": 2, \"slots-total\": %d, \"slots-available\": %d}"
              .formatted(slots, free));
    } else if (path.equals("/jobs/overview")) {
      answer(exchange, OK, "{\"jobs\": [%s]}".formatted(list()));
    } else {
      ofJob(exchange, path.split("/", -1));
    }
  }

  private String list() {
    return jobs.values().stream()
        .sorted(Comparator.comparing(Job::start))
        .map(
            job ->
                "{\"jid\": \"%s\", \"name\": \"%s\", \"state\": \"%s\", \"start-time\": %d}"
                    .formatted(job.id(), job.name(), job.state(), job.start()))
        .collect(Collectors.joining(", "));
  }

  private void ofJob(HttpExchange exchange, String[] path) throws IOException {
    Job job = jobs.get(path[2]);
    if (job == null) {
      answer(exchange, NOT_FOUND, "{}");
    } else if (exchange.getRequestMethod().equals("PATCH")) {
      cancel(exchange, job);
    } else if (path[path.length - 1].equals("exceptions")) {
      String entry =
          "{\"taskManagerId\": \"worker-1\", \"stacktrace\": \"%s\"}".formatted(job.reason());
      answer(
          exchange,
          OK,
          "{\"exceptionHistory\": {\"entries\": [%s]}}"
              .formatted(job.reason().isEmpty() ? "" : entry));
    } else {
      String task =
          "{\"id\": \"v\", \"status\": \"RUNNING\", \"taskmanager-id\": \"%s\", \"attempt\": 0}"
              .formatted(job.worker());
      String tasks = job.worker().isEmpty() ? "" : task;
      answer(exchange, OK, "{\"vertices\": [%s], \"subtasks\": [%s]}".formatted(tasks, tasks));
    }
  }

  /** As Flink does: a job that is over cannot be cancelled. */
  private void cancel(HttpExchange exchange, Job job) throws IOException {
    if (job.state().equals("RUNNING")) {
      cancelled.add(job.id());
      put(new Job(job.id(), job.name(), "CANCELED", job.start(), "", ""));
      answer(exchange, OK, "{}");
    } else {
      put(new Job(job.id(), job.name(), "FINISHED", job.start(), "", ""));
      answer(exchange, CONFLICT, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int code, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
