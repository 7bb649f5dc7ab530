package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.Pipeline;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Offer;
import org.contexture.pipeline.Placement;
import org.contexture.pipeline.StageRunner;
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
    runner = runner(Duration.ofMinutes(1));
  }

  private ClusterRunner runner(Duration longestSilence) {
    return new ClusterRunner(
        cluster.api(), new ClusterClassPath(List.of()), Optional.empty(), longestSilence);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aFailedJobIsExplainedByTheSentenceOfItsTask() {
    cluster.failed("job", "shard", Failure.data(SENTENCE).toString());
    assertThat(runner.explained("shard", Optional.empty(), failed))
        .hasMessage(SENTENCE + "%nOn worker worker-1, in attempt 1.".formatted())
        .extracting(Failure::category)
        .isEqualTo(Failure.Category.DATA);
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
    cluster.failed("earlier", "shard", Failure.data(SENTENCE).toString());
    assertThat(runner.explained("shard", Optional.of("earlier"), failed))
        .hasMessageContaining("it knows nothing of it any more");
  }

  @Test
  void aClusterThatDoesNotAnswerIsLost() {
    cluster.fallSilent(1);
    assertThat(runner.explained("shard", Optional.empty(), failed))
        .hasMessageContaining("it does not answer any more");
  }

  @Test
  void aJobLeftBehindIsWaitedForThoughAnswersAreLate() throws Exception {
    cluster.runningOn("worker-1", "job", "shard");
    CompletableFuture<Void> waiting = awaiting(runner, "shard");
    cluster.fallSilent(2);
    cluster.awaitSilenceOver();
    assertThat(waiting).isNotDone();
    cluster.job("job", "shard", "FINISHED");
    waiting.get();
  }

  @Test
  void aClusterThatStaysSilentIsGivenUp() throws Exception {
    cluster.runningOn("worker-1", "job", "shard");
    CompletableFuture<Void> waiting = awaiting(runner(Duration.ZERO), "shard");
    cluster.fallSilent(1);
    assertThatThrownBy(waiting::get)
        .hasRootCauseInstanceOf(Failure.class)
        .hasMessageContaining("answers /jobs/overview with 503");
  }

  @Test
  void aJobThatEndsBeforeItIsCancelledKeepsNoOtherFromIt() throws Exception {
    List<String> ending = List.of("index", "shard", "unpack");
    List<String> running = List.of("embed", "map", "measure", "train");
    ending.forEach(job -> cluster.job(job, job, "RESTARTING"));
    running.forEach(job -> cluster.runningOn("worker-1", job, job));
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    for (List<String> jobs : List.of(ending, running)) {
      for (String job : jobs) {
        waiting.add(awaiting(runner, job));
      }
    }
    runner.cancel();
    assertThat(cluster.cancelled()).containsExactlyInAnyOrderElementsOf(running);
    for (CompletableFuture<Void> job : waiting) {
      job.get();
    }
  }

  @Test
  void aStageBeginsThoughAnswersAreLate() throws Exception {
    runner.offer(Placement.ANY_WORKER);
    cluster.fallSilent(2);
    assertThat(runner.offer(Placement.ANY_WORKER).copies()).isOne();
    cluster.fallSilent(2);
    runner.awaitLeftBehind("shard", told -> {});
    cluster.awaitSilenceOver();
  }

  @Test
  void aStageBeginsThoughItsOnlyWorkerIsBeingStartedAgain() throws Exception {
    runner.offer(Placement.ANY_WORKER);
    cluster.slots(0, 0);
    CompletableFuture<Offer> offer =
        CompletableFuture.supplyAsync(() -> runner.offer(Placement.ANY_WORKER));
    cluster.awaitOverviews(2);
    assertThat(offer).isNotDone();
    cluster.slots(1, 1);
    assertThat(offer.get().copies()).isOne();
  }

  @Test
  void aClusterThatHasNotAnsweredYetIsNotWaitedFor() {
    cluster.fallSilent(1);
    assertThatThrownBy(() -> runner.awaitLeftBehind("shard", told -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answers /jobs/overview with 503");
  }

  @Test
  void aStageDoesNotBeginWhereNobodyWorks() {
    cluster.slots(0, 0);
    assertThatThrownBy(() -> runner.offer(Placement.ANY_WORKER))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no worker; start one");
  }

  /** Such as one that waited for the slots of those that were cancelled. */
  @Test
  void nothingIsSubmittedAfterACancellation() {
    runner.cancel();
    StageRunner.Job work =
        new StageRunner.Job("shard", 1, runner.offer(Placement.ANY_WORKER), List.of());
    assertThatThrownBy(() -> runner.run(Pipeline.create(), work))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not submitted, since the run was interrupted");
  }

  /** Waits for a job that is left behind; it is being waited for when this returns. */
  private static CompletableFuture<Void> awaiting(ClusterRunner runner, String job)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try {
                runner.awaitLeftBehind(job, told -> begun.countDown());
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            },
            task -> new Thread(task, job).start());
    begun.await();
    return waiting;
  }
}
