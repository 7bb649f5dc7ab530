package org.contexture.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.contexture.failure.Failure;
import org.contexture.file.DirectoryTree;

/**
 * A Flink session cluster of the processes of this machine: a JobManager and workers that outlive
 * the process which started them. A directory remembers them:
 *
 * <pre>
 * cluster.json    the processes, and where the REST API is
 * cluster.lock    held by a command that changes them
 * conf/           flink-conf.yaml, logging.properties
 * log/            jobmanager.log, worker-N.log
 * tmp/            files of the processes
 * </pre>
 */
public final class LocalCluster {
  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final long POLL_MILLISECONDS = 200;
  private static final long LONGEST_STOP_SECONDS = 15;

  private final Path directory;
  private final ProcessStart starts;

  /** The cluster of a directory, which may be running or not. */
  public LocalCluster(Path directory, ClusterClassPath classPath) {
    this.directory = directory.toAbsolutePath().normalize();
    this.starts = new ProcessStart(this.directory, classPath);
  }

  /**
   * A process of the cluster.
   *
   * @param name {@code jobmanager} or {@code worker-N}
   * @param id of the process
   * @param alive whether it is still there
   */
  public record Member(String name, long id, boolean alive) {}

  /**
   * Starts a cluster and waits until its workers are there.
   *
   * @throws Failure if one runs already, or may run elsewhere, or if it does not start; then no
   *     process is left
   */
  @SuppressWarnings("try") // the lock is held while it is open
  public ClusterAddress start(ClusterSize size) throws IOException, InterruptedException {
    try (ClusterLock lock = ClusterLock.of(directory)) {
      return startLocked(size);
    }
  }

  private ClusterAddress startLocked(ClusterSize size) throws IOException, InterruptedException {
    if (isRunning()) {
      throw Failure.usage(
          "A cluster of %s runs already, at %s; 'contexture cluster stop' ends it.",
          directory, address());
    }
    end();
    Files.createDirectories(directory.resolve("log"));
    Files.createDirectories(directory.resolve("conf"));
    Files.createDirectories(temporary());
    int restPort = freePort();
    ClusterConfiguration configuration =
        new ClusterConfiguration(restPort, freePort(), size, temporary());
    Files.writeString(directory.resolve("conf/flink-conf.yaml"), configuration.text());
    Files.writeString(
        directory.resolve("conf/logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        .level = INFO
        java.util.logging.SimpleFormatter.format = %1$tF %1$tT %4$s %3$s: %5$s%6$s%n
        """);
    boolean started = false;
    try {
      ClusterState state =
          ClusterState.here(
              restPort, size.heapMegabytes(), size.accelerators(), List.of(starts.jobManager()));
      state.write(directory);
      ClusterApi api = new ClusterApi(state.address());
      await(api::answers);
      for (int number = 1; number <= size.workers(); number++) {
        state = state.with(starts.worker(number, state));
        state.write(directory);
      }
      await(() -> api.overview().workers() >= size.workers());
      started = true;
      return state.address();
    } finally {
      if (!started) {
        end();
      }
    }
  }

  /**
   * Starts processes in place of those that have died, at the addresses they had, and waits until
   * all are one cluster again. After the death of the JobManager no job is left: the tasks of lost
   * jobs have ended when this returns, unless somebody has submitted another job meanwhile.
   *
   * @return the names of the processes that were started; empty if all were alive
   * @throws Failure if no cluster runs, or if a process does not start
   */
  @SuppressWarnings("try") // the lock is held while it is open
  public List<String> mend() throws IOException, InterruptedException {
    try (ClusterLock lock = ClusterLock.of(directory)) {
      return mendLocked();
    }
  }

  private List<String> mendLocked() throws IOException, InterruptedException {
    ClusterState state = running();
    List<ClusterProcess> dead = state.dead();
    boolean anew = dead.stream().anyMatch(ClusterProcess::isJobManager);
    ClusterApi api = new ClusterApi(state.address());
    Set<String> gone =
        anew
            ? Set.of()
            : api.workers().stream()
                .filter(worker -> dead.stream().anyMatch(process -> process.is(worker)))
                .map(ClusterApi.Worker::place)
                .collect(Collectors.toSet());
    for (ClusterProcess process : dead) {
      state = state.with(starts.again(process, state));
      state.write(directory);
    }
    if (anew) {
      await(api::answers);
    }
    List<ClusterProcess> awaited =
        (anew ? state.processes() : dead)
            .stream().filter(process -> !process.isJobManager()).toList();
    await(
        () -> {
          boolean idle = anew && api.jobs().isEmpty();
          List<ClusterApi.Worker> there =
              api.workers().stream()
                  .filter(worker -> !gone.contains(worker.place()))
                  .filter(worker -> !idle || worker.freeSlots() == worker.slots())
                  .toList();
          return awaited.stream().allMatch(process -> there.stream().anyMatch(process::is));
        });
    return dead.stream().map(ClusterProcess::name).sorted().toList();
  }

  /**
   * Whether any of its processes is alive.
   *
   * @throws Failure if they are not of this machine
   */
  public boolean isRunning() throws IOException {
    return state().map(ClusterState::isRunning).orElse(false);
  }

  /** What is written down of it. */
  private Optional<ClusterState> state() throws IOException {
    Optional<ClusterState> state = ClusterState.read(directory);
    if (state.isPresent() && state.get().mayBeElsewhere()) {
      throw Failure.environment(
          "The cluster of %s was started on another machine or in another container%s: look at it"
              + " and stop it there. If that one is gone, remove %s.",
          directory,
          state.get().host().isEmpty() ? "" : ", " + state.get().host(),
          ClusterState.file(directory));
    }
    return state;
  }

  /**
   * Where the REST API is.
   *
   * @throws Failure if no cluster runs
   */
  public ClusterAddress address() throws IOException {
    return running().address();
  }

  /**
   * Its processes, the dead ones too.
   *
   * @throws Failure if no cluster runs
   */
  public List<Member> members() throws IOException {
    return running().processes().stream()
        .sorted(Comparator.comparing(ClusterProcess::name))
        .map(process -> new Member(process.name(), process.process(), process.isAlive()))
        .toList();
  }

  /** Where a process of the cluster writes what it has to say. */
  public Path log(String member) {
    return starts.log(member);
  }

  private ClusterState running() throws IOException {
    return state()
        .filter(ClusterState::isRunning)
        .orElseThrow(
            () ->
                Failure.usage(
                    "No cluster of %s runs; start one with 'contexture cluster start'.",
                    directory));
  }

  /**
   * Ends every process of the cluster, by force if it does not end when it is asked to. What is not
   * running any more is left alone.
   *
   * @return how many processes were ended
   * @throws Failure if they are not of this machine
   */
  @SuppressWarnings("try") // the lock is held while it is open
  public int stop() throws IOException {
    if (Files.notExists(directory)) {
      return 0;
    }
    try (ClusterLock lock = ClusterLock.of(directory)) {
      return end();
    }
  }

  private int end() throws IOException {
    List<ProcessHandle> alive =
        state().map(ClusterState::processes).orElse(List.of()).stream()
            .sorted(Comparator.comparing(ClusterProcess::isJobManager))
            .flatMap(process -> process.handle().stream())
            .toList();
    alive.forEach(ProcessHandle::destroy);
    try {
      CompletableFuture.allOf(
              alive.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, LONGEST_STOP_SECONDS, TimeUnit.SECONDS)
          .join();
    } finally {
      alive.forEach(ProcessHandle::destroyForcibly);
    }
    ClusterState.delete(directory);
    DirectoryTree.delete(temporary());
    return alive.size();
  }

  private Path temporary() {
    return directory.resolve("tmp");
  }

  /**
   * Waits for a moment, which has not come as long as the cluster does not answer.
   *
   * @throws Failure when a process of the cluster dies before it
   */
  void await(BooleanSupplier moment) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!hasCome(moment)) {
      for (ClusterProcess process :
          ClusterState.read(directory).map(ClusterState::processes).orElse(List.of())) {
        if (!process.isAlive()) {
          throw Failure.environment(
              "The cluster does not start: %s has ended; what it said is in %s.",
              process.name(), log(process.name()));
        }
      }
      if (Instant.now().isAfter(deadline)) {
        throw Failure.environment(
            "The cluster does not start: after %d seconds its workers are not there; what its"
                + " processes said is in %s.",
            LONGEST_START.toSeconds(), directory.resolve("log"));
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  private static boolean hasCome(BooleanSupplier moment) {
    try {
      return moment.getAsBoolean();
    } catch (Failure notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
