package org.contexture.flink;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code flink-conf.yaml} of a cluster on this machine says. Everything listens on the
 * loopback interface alone.
 *
 * @param restPort where the REST API is
 * @param rpcPort where workers find the JobManager
 * @param size of the cluster
 * @param temporary for files that go with the processes
 */
record ClusterConfiguration(int restPort, int rpcPort, ClusterSize size, Path temporary) {
  /** The key of the JobManager that says how many workers have an accelerator. */
  static final String ACCELERATORS = "contexture.accelerators";

  private static final String LOOPBACK = "127.0.0.1";

  /** Flink's own, beside that of the tasks. */
  private static final int FRAMEWORK_HEAP_MEGABYTES = 128;

  private static final int FRAMEWORK_OFF_HEAP_MEGABYTES = 256;

  /**
   * Batches of images for a training, which are loaded ahead: up to six of 12 bytes a pixel. Of 256
   * images of 224 × 224 they take 0.9 GB.
   */
  private static final int OFF_HEAP_MEGABYTES = 1024;

  private static final int NETWORK_MEGABYTES = 64;
  private static final int MANAGED_MEGABYTES = 128;

  /** Every job brings classes of its own, and those of the one before may not be gone yet. */
  private static final int METASPACE_MEGABYTES = 1024;

  private static final int OVERHEAD_MEGABYTES = 256;

  /** How soon a worker that has lost the JobManager looks for it again. */
  private static final int SECOND_MILLISECONDS = 1_000;

  /** How often a job is started again after a worker was lost or a task failed. */
  private static final int RESTARTS = 5;

  /** How long a job keeps slots that it does not use; a training uses one of all it was given. */
  private static final long LONGEST_IDLE_MILLISECONDS = 5_000;

  /** The text of the file. */
  String text() {
    Map<String, Object> keys = new TreeMap<>();
    keys.put("jobmanager.rpc.address", LOOPBACK);
    keys.put("jobmanager.rpc.port", rpcPort);
    keys.put("jobmanager.bind-host", LOOPBACK);
    keys.put("rest.address", LOOPBACK);
    keys.put("rest.bind-address", LOOPBACK);
    keys.put("rest.port", restPort);
    keys.put("rest.bind-port", restPort);
    keys.put("taskmanager.host", LOOPBACK);
    keys.put("taskmanager.bind-host", LOOPBACK);
    keys.put("taskmanager.numberOfTaskSlots", size.slots());
    keys.put("taskmanager.cpu.cores", size.slots());
    keys.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MEGABYTES + "m");
    keys.put("taskmanager.memory.task.heap.size", size.heapMegabytes() + "m");
    keys.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP_MEGABYTES + "m");
    keys.put("taskmanager.memory.task.off-heap.size", OFF_HEAP_MEGABYTES + "m");
    keys.put("taskmanager.memory.network.min", NETWORK_MEGABYTES + "m");
    keys.put("taskmanager.memory.network.max", NETWORK_MEGABYTES + "m");
    keys.put("taskmanager.memory.managed.size", MANAGED_MEGABYTES + "m");
    keys.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MEGABYTES + "m");
    keys.put("taskmanager.memory.jvm-overhead.min", OVERHEAD_MEGABYTES + "m");
    keys.put("taskmanager.memory.jvm-overhead.max", OVERHEAD_MEGABYTES + "m");
    if (size.accelerators() > 0) {
      keys.put(ACCELERATORS, size.accelerators());
    }
    keys.put("blob.storage.directory", temporary);
    keys.put("io.tmp.dirs", temporary);
    keys.put("heartbeat.interval", 2_000);
    keys.put("heartbeat.timeout", 20_000);
    keys.put("cluster.registration.error-delay", SECOND_MILLISECONDS);
    keys.putAll(ofAnyCluster());
    return text(keys);
  }

  /** The lines for the configuration of a cluster that is not one of this machine. */
  static String textOfAnyCluster() {
    return text(ofAnyCluster());
  }

  private static String text(Map<String, Object> keys) {
    return keys.entrySet().stream()
        .map(key -> "%s: %s%n".formatted(key.getKey(), key.getValue()))
        .collect(Collectors.joining());
  }

  /** What every cluster that runs Contexture needs, wherever it is. */
  private static Map<String, Object> ofAnyCluster() {
    return new TreeMap<>(
        Map.of(
            "classloader.parent-first-patterns.additional",
            "ai.djl.;org.bytedeco.",
            "classloader.check-leaked-classloader",
            false,
            "slot.idle.timeout",
            LONGEST_IDLE_MILLISECONDS,
            "restart-strategy.type",
            "fixed-delay",
            "restart-strategy.fixed-delay.attempts",
            RESTARTS,
            "restart-strategy.fixed-delay.delay",
            "2 s"));
  }

  /** Flags of the Java virtual machine of a worker that bound its memory as the file says. */
  static String workerHeapFlag(int heapMegabytes) {
    return "-Xmx" + (FRAMEWORK_HEAP_MEGABYTES + heapMegabytes) + "m";
  }

  /** The bound on direct memory of a worker. */
  static String workerDirectMemoryFlag() {
    return "-XX:MaxDirectMemorySize="
        + (FRAMEWORK_OFF_HEAP_MEGABYTES + OFF_HEAP_MEGABYTES + NETWORK_MEGABYTES)
        + "m";
  }

  /** The bound on the classes of a worker. */
  static String workerMetaspaceFlag() {
    return "-XX:MaxMetaspaceSize=" + METASPACE_MEGABYTES + "m";
  }
}
