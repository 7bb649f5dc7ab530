package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  private static final long SELF = ProcessHandle.current().pid();
  private static final long START =
      ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElseThrow();

  private final ClusterProcess dead =
      new ClusterProcess(ClusterProcess.JOB_MANAGER, SELF, START - 1);
  private final ClusterProcess alive = new ClusterProcess("worker-1", SELF, START);

  @Test
  void aClusterWhoseJobManagerDiedStillRunsAndCanBeMended() {
    ClusterState state = new ClusterState(8081, 700, 0, List.of(dead, alive));
    assertThat(state.isRunning()).isTrue();
    assertThat(state.dead()).containsExactly(dead);

    ClusterProcess again = new ClusterProcess(ClusterProcess.JOB_MANAGER, SELF, START);
    assertThat(state.with(again).processes()).containsExactly(again, alive);
    assertThat(state.with(again).dead()).isEmpty();
  }

  @Test
  void aClusterOfTheDeadDoesNotRun() {
    assertThat(new ClusterState(8081, 700, 0, List.of(dead)).isRunning()).isFalse();
  }
}
