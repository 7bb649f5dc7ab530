package org.contexture.flink;

import java.util.Optional;
import org.contexture.pipeline.ProcessIdentity;

/**
 * A process of a cluster on this machine.
 *
 * @param name {@code jobmanager}, or {@code worker-N}
 * @param identity tells it from another one that gets its id later
 */
record ClusterProcess(String name, ProcessIdentity identity) {
  static final String JOB_MANAGER = "jobmanager";

  static ClusterProcess of(String name, Process process) {
    return new ClusterProcess(name, ProcessIdentity.of(process.toHandle()));
  }

  boolean isJobManager() {
    return name.equals(JOB_MANAGER);
  }

  /** Whether a TaskManager is this process, or an earlier one of its name. */
  boolean is(ClusterApi.Worker worker) {
    return worker.id().equals(name);
  }

  /** Its id. */
  long process() {
    return identity.process();
  }

  boolean isAlive() {
    return handle().isPresent();
  }

  /** The process, if it is still this one. */
  Optional<ProcessHandle> handle() {
    return identity.handle();
  }
}
