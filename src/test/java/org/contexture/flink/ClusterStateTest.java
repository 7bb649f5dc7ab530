package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.contexture.pipeline.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStateTest {
  private static final ProcessIdentity SELF = ProcessIdentity.current();
  private static final ProcessIdentity EARLIER =
      new ProcessIdentity(SELF.system(), SELF.process(), SELF.start() - 1);

  private final ClusterProcess dead = new ClusterProcess(ClusterProcess.JOB_MANAGER, EARLIER);
  private final ClusterProcess alive = new ClusterProcess("worker-1", SELF);

  @Test
  void aClusterWhoseJobManagerDiedStillRunsAndCanBeMended() {
    ClusterState state = ClusterState.here(8081, 700, 0, List.of(dead, alive));
    assertThat(state.isRunning()).isTrue();
    assertThat(state.dead()).containsExactly(dead);

    ClusterProcess again = new ClusterProcess(ClusterProcess.JOB_MANAGER, SELF);
    assertThat(state.with(again).processes()).containsExactly(again, alive);
    assertThat(state.with(again).dead()).isEmpty();
  }

  @Test
  void aClusterOfTheDeadDoesNotRun() {
    assertThat(ClusterState.here(8081, 700, 0, List.of(dead)).isRunning()).isFalse();
  }

  @Test
  void itsProcessesAreFoundAgainByWhatIsWrittenDown(@TempDir Path directory) throws Exception {
    ClusterState state = ClusterState.here(8081, 700, 0, List.of(dead, alive));
    state.write(directory);
    assertThat(ClusterState.read(directory)).contains(state);
  }

  @Test
  void twoThatWriteItDownAtATimeAreNotInEachOthersWay(@TempDir Path directory) throws Exception {
    ClusterState state = ClusterState.here(8081, 700, 0, List.of(dead, alive));
    Callable<Void> writer =
        () -> {
          for (int i = 0; i < 500; i++) {
            state.write(directory);
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> written : threads.invokeAll(List.of(writer, writer))) {
        written.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ClusterState.read(directory)).contains(state);
    assertThat(directory.toFile().list()).containsExactly("cluster.json");
  }
}
