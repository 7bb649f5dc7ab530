package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.contexture.failure.Failure;
import org.contexture.pipeline.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
  @TempDir Path directory;

  @Test
  @Timeout(60)
  void aProcessThatDiesWhileTheClusterStartsIsNamedWithItsLog() throws Exception {
    ProcessIdentity self = ProcessIdentity.current();
    ClusterProcess dead =
        new ClusterProcess(
            ClusterProcess.JOB_MANAGER, new ProcessIdentity(self.system(), self.process(), 1));
    ClusterState.here(8081, 700, 0, List.of(dead)).write(directory);
    LocalCluster cluster = new LocalCluster(directory, new ClusterClassPath(List.of()));

    assertThatThrownBy(
            () ->
                cluster.await(
                    () -> {
                      throw Failure.environment("No Flink cluster answers.");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The cluster does not start: jobmanager has ended; what it said is in %s.",
            directory.resolve("log/jobmanager.log"));
  }

  private LocalCluster cluster() {
    return new LocalCluster(directory, new ClusterClassPath(List.of()));
  }

  /** A cluster whose JobManager is of another system. */
  private void startedAt(String host, String system) throws Exception {
    ClusterProcess process =
        new ClusterProcess(ClusterProcess.JOB_MANAGER, new ProcessIdentity(system, 7, 7));
    new ClusterState(8081, 700, 0, List.of(process), host).write(directory);
    Files.createDirectories(directory.resolve("tmp"));
  }

  @Test
  void aClusterOfAnotherMachineIsLeftAlone() throws Exception {
    String sameBoot = ProcessIdentity.current().system().split(" ", -1)[0] + " pid:[7]";
    String here = ProcessIdentity.hostName().orElseThrow();
    for (List<String> place :
        List.of(
            List.of("elsewhere", "other boot pid:[7]"),
            List.of("", "other boot pid:[7]"),
            List.of(here, sameBoot))) {
      startedAt(place.get(0), place.get(1));
      LocalCluster cluster = cluster();
      for (ThrowingCallable command :
          List.<ThrowingCallable>of(
              cluster::stop,
              () -> cluster.start(new ClusterSize(1, 1, 700, 0)),
              cluster::mend,
              cluster::members,
              cluster::isRunning)) {
        assertThatThrownBy(command)
            .isInstanceOf(Failure.class)
            .hasMessageStartingWith("The cluster of %s was started on another machine", directory)
            .hasMessageContaining(place.get(0))
            .hasMessageEndingWith(
                "If that one is gone, remove %s.", directory.resolve("cluster.json"));
      }
      assertThat(directory.resolve("cluster.json")).exists();
      assertThat(directory.resolve("tmp")).exists();
    }
  }

  @Test
  void aMachineThatWasStartedAnewForgetsItsCluster() throws Exception {
    startedAt(ProcessIdentity.hostName().orElseThrow(), "another-boot pid:[7]");

    assertThat(cluster().isRunning()).isFalse();
    assertThat(cluster().stop()).isZero();
    assertThat(directory.resolve("cluster.json")).doesNotExist();
    assertThat(directory.resolve("tmp")).doesNotExist();
  }

  @Test
  void oneCommandChangesAClusterAtATime() throws Exception {
    startedAt(ProcessIdentity.hostName().orElseThrow(), "another-boot pid:[7]");
    LocalCluster cluster = cluster();
    try (ClusterLock held = ClusterLock.of(directory)) {
      assertThat(held).isNotNull();
      for (ThrowingCallable command :
          List.<ThrowingCallable>of(
              cluster::stop, () -> cluster.start(new ClusterSize(1, 1, 700, 0)), cluster::mend)) {
        assertThatThrownBy(command)
            .isInstanceOf(Failure.class)
            .hasMessage(
                "Another command is starting or stopping the cluster of %s; wait until it is done.",
                directory);
      }
    }
    assertThat(cluster.stop()).isZero();
  }
}
