package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterRunnerTest {
  private static final String SENTENCE = "The archive is damaged; fetch it again.";

  private final RuntimeException failed = new IllegalStateException("from the client");

  private FakeCluster cluster;
  private ClusterRunner runner;

  @BeforeEach
  void start() throws IOException {
    cluster = FakeCluster.start();
    runner = new ClusterRunner(cluster.api(), new ClusterClassPath(List.of()), Optional.empty());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aFailedJobIsExplainedByTheSentenceOfItsTask() {
    cluster.failed("job", "shard", Failure.class.getName() + ": " + SENTENCE);
    assertThat(runner.explained("shard", Optional.empty(), failed))
        .hasMessage(SENTENCE + "%nOn worker worker-1, in attempt 1.".formatted());
  }

  @Test
  void aCancelledJobIsExplainedByThat() {
    cluster.job("job", "shard", "CANCELED");
    assertThat(runner.explained("shard", Optional.of("earlier"), failed))
        .hasMessageContaining("its job job was cancelled");
  }

  @Test
  void aJobThatTheClusterDoesNotKnowWasLostWithItsJobManager() {
    assertThat(runner.explained("shard", Optional.empty(), failed))
        .hasMessageContaining("it knows nothing of it any more");
  }

  @Test
  void anEarlierJobOfTheSameNameExplainsNothing() {
    cluster.failed("earlier", "shard", Failure.class.getName() + ": " + SENTENCE);
    assertThat(runner.explained("shard", Optional.of("earlier"), failed))
        .hasMessageContaining("it knows nothing of it any more");
  }

  @Test
  void aClusterThatDoesNotAnswerIsLost() {
    cluster.fallSilent(1);
    assertThat(runner.explained("shard", Optional.empty(), failed))
        .hasMessageContaining("it does not answer any more");
  }
}
