package org.contexture.flink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.contexture.pipeline.Placement;

/**
 * Starts the processes of a cluster: Flink's own main classes, with the Java of this process.
 *
 * @param directory has {@code conf/}; output goes to {@code log/}
 */
record ProcessStart(Path directory, ClusterClassPath classPath) {
  private static final String JOB_MANAGER_MAIN =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String WORKER_MAIN =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /**
   * The allocator's are those of the launcher, for clusters that it did not start: without them the
   * C library gives memory back and takes it again at every training step. The spin count is for
   * more than one worker on a machine: threads of PyTorch that wait for each other otherwise take
   * the processors from those of the other workers, and two workers on two cores embedded 9,900
   * images in 57 s instead of 23. A single worker is no slower for it.
   */
  private static final Map<String, String> NATIVE =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TOP_PAD_", "268435456",
          "GOMP_SPINCOUNT", "10000");

  /** Starts a process in place of one that has died. */
  ClusterProcess again(ClusterProcess dead, ClusterState state) throws IOException {
    if (dead.isJobManager()) {
      return jobManager();
    }
    String name = dead.name();
    return worker(Integer.parseInt(name.substring(name.indexOf('-') + 1)), state);
  }

  ClusterProcess jobManager() throws IOException {
    return start(
        ClusterProcess.JOB_MANAGER,
        List.of("-Xmx512m", "-XX:MaxMetaspaceSize=512m"),
        JOB_MANAGER_MAIN,
        List.of());
  }

  /** Starts a worker of the cluster that a state describes. */
  ClusterProcess worker(int number, ClusterState state) throws IOException {
    String name = "worker-" + number;
    boolean accelerated = number <= state.accelerators();
    return start(
        name,
        List.of(
            "-D%s=%s".formatted(Placement.ACCELERATOR_PROPERTY, accelerated),
            ClusterConfiguration.workerHeapFlag(state.heapMegabytes()),
            ClusterConfiguration.workerDirectMemoryFlag(),
            ClusterConfiguration.workerMetaspaceFlag()),
        WORKER_MAIN,
        List.of("-D", "taskmanager.resource-id=" + name));
  }

  private ClusterProcess start(
      String name, List<String> memory, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dai.djl.offline=true",
            "-Duser.language.format=en",
            "-Duser.country.format=US",
            "-Djava.util.logging.config.file=" + directory.resolve("conf/logging.properties")));
    command.addAll(OpenedPackages.arguments());
    String path =
        classPath.cluster().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", path, mainClass));
    command.addAll(List.of("--configDir", directory.resolve("conf").toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    NATIVE.forEach(builder.environment()::putIfAbsent);
    builder.environment().put("LC_MESSAGES", "C"); // by the system's words a full disk is known
    return ClusterProcess.of(name, builder.start());
  }

  Path log(String name) {
    return directory.resolve("log").resolve(name + ".log");
  }
}
