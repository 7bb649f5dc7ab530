package org.contexture.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.file.WholeFile;
import org.contexture.pipeline.ProcessIdentity;

/**
 * What is written down of a cluster on this machine, in {@code cluster.json}.
 *
 * @param restPort where its REST API is
 * @param heapMegabytes what a worker that is started later gets
 * @param accelerators the first so many workers have one
 * @param processes the JobManager first
 * @param host the name of the machine; empty if it has none, or if an earlier version wrote this
 */
record ClusterState(
    int restPort,
    int heapMegabytes,
    int accelerators,
    List<ClusterProcess> processes,
    String host) {
  private static final String FILE = "cluster.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  ClusterState {
    processes = List.copyOf(processes);
    host = Objects.requireNonNullElse(host, "");
  }

  /** A cluster of this machine. */
  static ClusterState here(
      int restPort, int heapMegabytes, int accelerators, List<ClusterProcess> processes) {
    String host = ProcessIdentity.hostName().orElse("");
    return new ClusterState(restPort, heapMegabytes, accelerators, processes, host);
  }

  static Optional<ClusterState> read(Path directory) throws IOException {
    Path file = file(directory);
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), ClusterState.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JsonProcessingException damaged) {
      throw Failure.data(
              "%s is damaged; end the cluster's processes by hand and remove the file.", file)
          .causedBy(damaged);
    }
  }

  /** Where it is written down. */
  static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  void write(Path directory) throws IOException {
    byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    WholeFile.write(file(directory), out -> out.write(content));
  }

  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(file(directory));
  }

  /** The same with a process in place of the one of its name, or after the others. */
  ClusterState with(ClusterProcess process) {
    List<ClusterProcess> changed = new ArrayList<>(processes);
    changed.replaceAll(other -> other.name().equals(process.name()) ? process : other);
    if (!changed.contains(process)) {
      changed.add(process);
    }
    return new ClusterState(restPort, heapMegabytes, accelerators, changed, host);
  }

  ClusterAddress address() {
    return new ClusterAddress("127.0.0.1", restPort);
  }

  /** Whether it may run where its processes cannot be looked for. */
  boolean mayBeElsewhere() {
    return processes.stream().anyMatch(process -> process.identity().mayBeElsewhere(host));
  }

  /** The processes that have died. */
  List<ClusterProcess> dead() {
    return processes.stream().filter(process -> !process.isAlive()).toList();
  }

  /** Whether at least one process is alive. */
  boolean isRunning() {
    return processes.stream().anyMatch(ClusterProcess::isAlive);
  }
}
