package org.contexture.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * What is written down of a cluster on this machine, in {@code cluster.json}.
 *
 * @param restPort where its REST API is
 * @param heapMegabytes what a worker that is started later gets
 * @param accelerators the first so many workers have one
 * @param processes the JobManager first
 */
record ClusterState(
    int restPort, int heapMegabytes, int accelerators, List<ClusterProcess> processes) {
  private static final String FILE = "cluster.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  ClusterState {
    processes = List.copyOf(processes);
  }

  static Optional<ClusterState> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
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

  void write(Path directory) throws IOException {
    Path whole = directory.resolve(FILE + ".new");
    Files.write(whole, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    Files.move(whole, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }

  /** The same with a process in place of the one of its name, or after the others. */
  ClusterState with(ClusterProcess process) {
    List<ClusterProcess> changed = new ArrayList<>(processes);
    changed.replaceAll(other -> other.name().equals(process.name()) ? process : other);
    if (!changed.contains(process)) {
      changed.add(process);
    }
    return new ClusterState(restPort, heapMegabytes, accelerators, changed);
  }

  ClusterAddress address() {
    return new ClusterAddress("127.0.0.1", restPort);
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
