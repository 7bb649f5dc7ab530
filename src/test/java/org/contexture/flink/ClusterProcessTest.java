package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClusterProcessTest {
  private final ProcessHandle self = ProcessHandle.current();

  @Test
  void processOfTheSameIdThatStartedAtAnotherTimeIsAStranger() {
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
    assertThat(new ClusterProcess("worker-1", self.pid(), start).handle()).contains(self);
    assertThat(new ClusterProcess("worker-1", self.pid(), start - 1).handle()).isEmpty();
    assertThat(new ClusterProcess("worker-1", self.pid(), start - 1).isAlive()).isFalse();
  }
}
