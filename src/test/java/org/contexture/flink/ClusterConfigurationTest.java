package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.taskexecutor.TaskExecutorResourceUtils;
import org.junit.jupiter.api.Test;

/** Flink itself reads what is written for it. */
class ClusterConfigurationTest {
  private final ClusterConfiguration written =
      new ClusterConfiguration(
          8081, 6123, new ClusterSize(4, 3, 700, 1), Path.of("/somewhere/tmp"));

  @Test
  void workersGetTheMemoryThatIsAskedFor() {
    assertThat(read().get(TaskManagerOptions.TASK_HEAP_MEMORY))
        .isEqualTo(MemorySize.ofMebiBytes(700));
    assertThat(TaskExecutorResourceUtils.calculateTotalFlinkMemoryFromComponents(read()))
        .isEqualTo(MemorySize.ofMebiBytes(2300).getBytes());
    assertThat(ClusterConfiguration.workerHeapFlag(700)).isEqualTo("-Xmx828m");
    assertThat(ClusterConfiguration.workerDirectMemoryFlag())
        .isEqualTo("-XX:MaxDirectMemorySize=1344m");
    assertThat(read().get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(3);
  }

  @Test
  void nothingListensBeyondThisMachine() {
    assertThat(read().toMap())
        .containsEntry("rest.bind-address", "127.0.0.1")
        .containsEntry("jobmanager.bind-host", "127.0.0.1")
        .containsEntry("taskmanager.bind-host", "127.0.0.1")
        .containsEntry("rest.port", "8081")
        .containsEntry("jobmanager.rpc.port", "6123");
  }

  @Test
  void pytorchIsLoadedOnceAndJobsAreStartedAgain() {
    assertThat(read().toMap())
        .containsEntry("classloader.parent-first-patterns.additional", "ai.djl.;org.bytedeco.")
        .containsEntry("restart-strategy.type", "fixed-delay")
        .containsEntry("restart-strategy.fixed-delay.attempts", "5");
  }

  @Test
  void aTrainingGivesBackTheSlotsThatItDoesNotUse() {
    assertThat(read().get(JobManagerOptions.SLOT_IDLE_TIMEOUT)).isEqualTo(5_000L);
  }

  @Test
  void onlyAClusterWithAcceleratorsSaysSo() {
    assertThat(read().toMap()).containsEntry("contexture.accelerators", "1");
    assertThat(new ClusterConfiguration(1, 2, new ClusterSize(4, 3, 700, 0), Path.of("tmp")).text())
        .doesNotContain("accelerators");
  }

  private Configuration read() {
    Configuration configuration = new Configuration();
    written
        .text()
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              configuration.setString(line.substring(0, colon), line.substring(colon + 2));
            });
    return configuration;
  }
}
