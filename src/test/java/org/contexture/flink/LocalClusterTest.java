package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
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
    new ClusterState(8081, 700, 0, List.of(dead)).write(directory);
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
}
