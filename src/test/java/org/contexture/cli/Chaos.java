package org.contexture.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.contexture.cli.ChaosSchedule.Blow;
import org.contexture.flink.ClusterApi;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.LocalCluster;

/**
 * Runs an experiment on a cluster of this machine while a schedule kills its processes with
 * SIGKILL, and does each time what a user would do: {@code cluster start}, and the same command
 * again.
 */
final class Chaos {
  private static final int WORKERS = 3;
  private static final int ENVIRONMENT = 4;
  private static final long POLL_MILLISECONDS = 200;
  private static final String LOST_JOB = "Start the cluster again";
  private static final String NO_CLUSTER = "Start one with 'contexture cluster start'";

  private final GeneratedExperiment experiment;
  private final Path directory;
  private final Path store;
  private final LocalCluster cluster;
  private final Instant deadline;
  private final List<String> more;
  private final List<Hit> hits = new ArrayList<>();
  private Map<String, String> datasets = Map.of();
  private ClusterApi api;
  private Child client;
  private int clients;

  /**
   * A kill that happened.
   *
   * @param name of the process
   * @param during the stage whose job was running, or between which ones it came
   * @param done what its task had said to have done, in what the stage counts
   * @param after the start of the run
   */
  record Hit(Blow blow, String name, String during, long done, Duration after) {}

  /**
   * A run that ended as it should.
   *
   * @param commands how often the command was given
   * @param bytesThrownAway of shards that were not finished
   * @param falls of tasks that began again, by the label of their stage
   */
  record Result(
      List<Hit> hits,
      Duration took,
      int commands,
      long bytesThrownAway,
      SortedMap<String, List<RepeatedWork.Fall>> falls) {
    Result {
      hits = List.copyOf(hits);
      falls = Collections.unmodifiableSortedMap(new TreeMap<>(falls));
    }
  }

  /**
   * Prepares runs.
   *
   * @param directory for the cluster and what the commands print
   * @param store where the datasets go
   * @param longest after this the run has failed
   * @param more words of the command
   */
  Chaos(
      GeneratedExperiment experiment,
      Path directory,
      Path store,
      Duration longest,
      String... more) {
    this.more = List.of(more);
    this.experiment = experiment;
    this.directory = directory.toAbsolutePath();
    this.store = store.toAbsolutePath();
    cluster = new LocalCluster(clusterDirectory(), ClusterClassPath.ofThisProcess());
    deadline = Instant.now().plus(longest);
  }

  private Path clusterDirectory() {
    return directory.resolve("cluster");
  }

  /** Runs the experiment with a cluster of its own, which is ended with it. */
  Result run(ChaosSchedule schedule) throws IOException, InterruptedException {
    Thread ending = new Thread(this::end, "end of chaos");
    Runtime.getRuntime().addShutdownHook(ending);
    command("start", "--workers", Integer.toString(WORKERS), "--heap", "1024");
    try (RepeatedWork work = RepeatedWork.in(store)) {
      api = new ClusterApi(cluster.address());
      datasets = experiment.datasets(store, more.toArray(String[]::new));
      Instant start = Instant.now();
      startClient();
      for (Blow blow : schedule.blows()) {
        await(() -> isAtWork(blow.stage()), "stage " + blow.stage());
        Thread.sleep(blow.delayMilliseconds());
        String during = atWork();
        long done = done(work, during);
        Duration after = Duration.between(start, Instant.now());
        hits.add(new Hit(blow, strike(blow), during, done, after));
      }
      await(() -> !client.isAlive(), "the end of the run");
      requireExit(0);
      work.look();
      return new Result(
          hits,
          Duration.between(start, Instant.now()),
          clients,
          work.bytesThrownAway(),
          byLabel(work.falls()));
    } finally {
      end();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private long done(RepeatedWork work, String label) {
    return Optional.ofNullable(datasets.get(label))
        .flatMap(work::lastSaid)
        .map(RepeatedWork.Said::done)
        .orElse(0L);
  }

  private SortedMap<String, List<RepeatedWork.Fall>> byLabel(List<RepeatedWork.Fall> falls) {
    SortedMap<String, List<RepeatedWork.Fall>> byLabel = new TreeMap<>();
    datasets.forEach(
        (label, dataset) -> {
          List<RepeatedWork.Fall> own =
              falls.stream().filter(fall -> fall.dataset().equals(dataset)).toList();
          if (!own.isEmpty()) {
            byLabel.put(label, own);
          }
        });
    return byLabel;
  }

  private void end() {
    try {
      if (client != null) {
        client.close();
      }
      cluster.stop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String command(String verb, String... options) {
    List<String> words = new ArrayList<>(List.of("cluster", verb));
    words.addAll(List.of("--directory", clusterDirectory().toString()));
    words.addAll(List.of(options));
    Outcome outcome = Outcome.of(words.toArray(String[]::new));
    if (outcome.code() != 0) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome.out();
  }

  /** Kills a process of the cluster and starts it again, as a user would. */
  private void killAndMend(String name) throws IOException {
    kill(cluster, name);
    requireSaid(command("status"), name + " .*, dead: ");
    requireSaid(command("start"), "Started again: " + name);
  }

  private static void requireSaid(String output, String... patterns) {
    if (Stream.of(patterns).noneMatch(pattern -> Pattern.compile(pattern).matcher(output).find())) {
      throw new IllegalStateException(
          "Nothing like %s was said:%n%s".formatted(List.of(patterns), output));
    }
  }

  private void startClient() throws IOException {
    clients++;
    List<String> words = new ArrayList<>(List.of("--runner", "flink"));
    words.addAll(List.of("--flink-master", cluster.address().toString()));
    words.addAll(more);
    client =
        Child.start(
            directory.resolve("client-%d.out".formatted(clients)),
            experiment.run(store, words.toArray(String[]::new)));
  }

  /** Kills what a blow says and mends it; the name of the victim. */
  private String strike(Blow blow) throws IOException, InterruptedException {
    switch (blow.victim()) {
      case WORKER -> {
        String worker = worker(blow.draw());
        killAndMend(worker);
        return worker;
      }
      case CLIENT -> {
        client.kill();
        startClient();
        return "client";
      }
      case JOB_MANAGER -> {
        killAndMend("jobmanager");
        await(() -> !client.isAlive() || anyJob().isPresent(), "what the client says");
        if (!client.isAlive()) {
          requireExit(ENVIRONMENT);
          requireSaid(client.output(), LOST_JOB, NO_CLUSTER);
          startClient();
        }
        return "jobmanager";
      }
    }
    throw new IllegalStateException(blow.toString());
  }

  /** One of those that have a task, or of all if none has. */
  private String worker(int draw) {
    List<ClusterApi.Worker> all = api.workers();
    List<ClusterApi.Worker> busy =
        all.stream().filter(worker -> worker.freeSlots() < worker.slots()).toList();
    List<ClusterApi.Worker> candidates = busy.isEmpty() ? all : busy;
    return candidates.get(draw % candidates.size()).id();
  }

  /** Ends a process of a cluster as if its machine had died. */
  static void kill(LocalCluster cluster, String name) throws IOException {
    long process =
        cluster.members().stream()
            .filter(member -> member.name().equals(name))
            .mapToLong(LocalCluster.Member::id)
            .findFirst()
            .orElseThrow();
    ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  private Optional<ClusterApi.Job> anyJob() {
    return api.jobs().stream().filter(job -> !job.isOver()).findFirst();
  }

  /** Whether the job of a stage runs, and a training has saved an epoch; or all of it is over. */
  private boolean isAtWork(String stage) {
    String dataset = datasets.get(stage);
    boolean over = Files.exists(store.resolve(dataset).resolve("manifest.json"));
    if (over || !stage.endsWith("train")) {
      return over || anyJob().filter(job -> isOf(job, dataset)).isPresent();
    }
    return Files.exists(store.resolve(dataset + ".staging/state/training.state"));
  }

  private static boolean isOf(ClusterApi.Job job, String dataset) {
    return job.state().equals("RUNNING") && job.name().contains(" " + dataset + " ");
  }

  private String atWork() {
    Optional<ClusterApi.Job> job = anyJob();
    return datasets.entrySet().stream()
        .filter(dataset -> job.filter(found -> isOf(found, dataset.getValue())).isPresent())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("between two jobs");
  }

  private void await(BooleanSupplier moment, String what) throws IOException, InterruptedException {
    while (!moment.getAsBoolean()) {
      if (!client.isAlive() && !moment.getAsBoolean()) {
        throw new IllegalStateException(
            "The client ended before %s:%n%s".formatted(what, client.output()));
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "No time is left to wait for %s, after %s; the client said:%n%s"
                .formatted(what, hits, client.output()));
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  private void requireExit(int code) throws IOException, InterruptedException {
    if (client.waitFor() != code) {
      throw new IllegalStateException(
          "The client ended with %d and not with %d:%n%s"
              .formatted(client.waitFor(), code, client.output()));
    }
  }
}
