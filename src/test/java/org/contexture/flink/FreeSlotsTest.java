package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.contexture.failure.Failure;
import org.contexture.flink.FreeSlots.Fewest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster of four slots, of which the test says how many are free. */
@Timeout(60)
class FreeSlotsTest {
  private FakeCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = FakeCluster.start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private FreeSlots slots(Duration patience) {
    return new FreeSlots(cluster.api(), patience, Duration.ofMinutes(1));
  }

  @Test
  void whatIsFreeIsTakenUpToWhatIsWanted() throws Exception {
    assertThat(slots(Duration.ZERO).await("embed", 3, Fewest.ONE)).isEqualTo(3);
    cluster.slots(4, 2);
    assertThat(slots(Duration.ZERO).await("embed", 3, Fewest.ONE)).isEqualTo(2);
  }

  @Test
  void slotsThatAreFreeInAMomentAreWaitedFor() throws Exception {
    cluster.slots(4, 1);
    CompletableFuture<Integer> job = awaiting(slots(Duration.ofHours(1)), "embed", 4, Fewest.ONE);
    awaitQuestions();
    cluster.slots(4, 4);
    assertThat(job.get()).isEqualTo(4);
  }

  @Test
  void whoNeedsAllWaitsForAll() throws Exception {
    cluster.slots(4, 3);
    CompletableFuture<Integer> job =
        awaiting(slots(Duration.ZERO), "train", Integer.MAX_VALUE, Fewest.ALL);
    awaitQuestions();
    assertThat(job).isNotDone();
    cluster.slots(4, 4);
    assertThat(job.get()).isEqualTo(4);
  }

  @Test
  void whoNeedsAllNeedsNoneOfAWorkerThatIsLost() throws Exception {
    cluster.slots(4, 3);
    CompletableFuture<Integer> job =
        awaiting(slots(Duration.ZERO), "train", Integer.MAX_VALUE, Fewest.ALL);
    awaitQuestions();
    cluster.slots(3, 3);
    assertThat(job.get()).isEqualTo(3);
  }

  @Test
  void answersThatAreLateAreBorne() throws Exception {
    cluster.fallSilent(2);
    assertThat(slots(Duration.ZERO).await("embed", 3, Fewest.ONE)).isEqualTo(3);
  }

  @Test
  void aClusterThatStaysSilentIsGivenUp() {
    cluster.fallSilent(2);
    FreeSlots slots = new FreeSlots(cluster.api(), Duration.ZERO, Duration.ZERO);
    assertThatThrownBy(() -> slots.await("embed", 3, Fewest.ONE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answers /overview with 503");
  }

  @Test
  void aClusterWithoutAWorkerIsGivenUp() {
    cluster.slots(0, 0);
    FreeSlots slots = new FreeSlots(cluster.api(), Duration.ZERO, Duration.ZERO);
    assertThatThrownBy(() -> slots.await("train", Integer.MAX_VALUE, Fewest.ALL))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no worker; start one");
  }

  @Test
  void slotsOfAJobThatIsBeingSubmittedAreNotFree() throws Exception {
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, Fewest.ONE)).isEqualTo(3);
    assertThat(slots.await("embed", 4, Fewest.ONE)).isEqualTo(1);
    CompletableFuture<Integer> job = awaiting(slots, "neighbours", 4, Fewest.ONE);
    awaitQuestions();
    assertThat(job).isNotDone();
    slots.release("shard");
    assertThat(job.get()).isEqualTo(3);
  }

  @Test
  void anEarlierJobOfTheSameNameDoesNotGiveThemAway() throws Exception {
    cluster.job("earlier", "shard", "CANCELED");
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, Fewest.ONE)).isEqualTo(3);
    assertThat(slots.await("embed", 4, Fewest.ONE)).isEqualTo(1);
  }

  @Test
  void slotsOfAJobAtWorkAreCountedByTheCluster() throws Exception {
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, Fewest.ONE)).isEqualTo(3);
    cluster.runningOn("worker-1", "job", "shard");
    cluster.slots(4, 1);
    assertThat(slots.await("embed", 4, Fewest.ONE)).isEqualTo(1);
  }

  private static CompletableFuture<Integer> awaiting(
      FreeSlots slots, String job, int most, Fewest fewest) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return slots.await(job, most, fewest);
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  /** Waits until it has been asked twice more, and so has waited. */
  private void awaitQuestions() throws InterruptedException {
    int before = cluster.overviews();
    while (cluster.overviews() < before + 2) {
      Thread.sleep(10);
    }
  }
}
