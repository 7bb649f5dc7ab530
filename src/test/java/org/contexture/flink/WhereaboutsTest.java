package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.contexture.flink.ClusterApi.Job;
import org.contexture.flink.ClusterApi.RunningTask;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private final Job running = new Job("1", "contexture train/0123 in /store", "RUNNING", 1);

  @Test
  void workersAreNamedOnceWithTheLatestAttempt() {
    assertThat(
            Whereabouts.describe(
                running,
                List.of(
                    new RunningTask("worker-2", 1),
                    new RunningTask("worker-1", 2),
                    new RunningTask("worker-2", 1))))
        .isEqualTo("attempt 2 on worker-1, worker-2");
  }

  @Test
  void jobWithoutATaskAtWorkWaitsForAWorkerUnlessItIsOver() {
    assertThat(Whereabouts.describe(running, List.of())).isEqualTo("waiting for a worker");
    assertThat(Whereabouts.describe(new Job("1", "job", "FINISHED", 1), List.of())).isEmpty();
  }
}
