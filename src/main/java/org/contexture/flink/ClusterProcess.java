package org.contexture.flink;

import java.time.Instant;
import java.util.Optional;

/**
 * A process of a cluster on this machine. A process id alone would do for another one that came
 * later.
 *
 * @param name {@code jobmanager}, or {@code worker-N}
 * @param process its id
 * @param start when it started, in milliseconds since 1970
 */
record ClusterProcess(String name, long process, long start) {
  static final String JOB_MANAGER = "jobmanager";

  static ClusterProcess of(String name, Process process) {
    return new ClusterProcess(name, process.pid(), startOf(process.toHandle()));
  }

  boolean isJobManager() {
    return name.equals(JOB_MANAGER);
  }

  /** Whether a TaskManager is this process, or an earlier one of its name. */
  boolean is(ClusterApi.Worker worker) {
    return worker.id().equals(name);
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  /** The process, if it is still this one. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(process)
        .filter(handle -> startOf(handle) == start)
        .filter(ProcessHandle::isAlive);
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
