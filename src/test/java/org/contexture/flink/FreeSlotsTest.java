package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    return new FreeSlots(cluster.api(), patience);
  }

  @Test
  void whatIsFreeIsTakenUpToWhatIsWanted() throws Exception {
    assertThat(slots(Duration.ZERO).await("embed", 3, 1)).isEqualTo(3);
    cluster.slots(4, 2);
    assertThat(slots(Duration.ZERO).await("embed", 3, 1)).isEqualTo(2);
  }

  @Test
  void slotsThatAreFreeInAMomentAreWaitedFor() throws Exception {
    cluster.slots(4, 1);
    CompletableFuture<Integer> job = awaiting(slots(Duration.ofHours(1)), "embed", 4, 1);
    awaitQuestions();
    cluster.slots(4, 4);
    assertThat(job.get()).isEqualTo(4);
  }

  @Test
  void whoNeedsAllWaitsForAll() throws Exception {
    cluster.slots(4, 3);
    CompletableFuture<Integer> job = awaiting(slots(Duration.ZERO), "train", 4, 4);
    awaitQuestions();
    assertThat(job).isNotDone();
    cluster.slots(4, 4);
    assertThat(job.get()).isEqualTo(4);
  }

  @Test
  void slotsOfAJobThatIsBeingSubmittedAreNotFree() throws Exception {
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, 1)).isEqualTo(3);
    assertThat(slots.await("embed", 4, 1)).isEqualTo(1);
    CompletableFuture<Integer> job = awaiting(slots, "neighbours", 4, 1);
    awaitQuestions();
    assertThat(job).isNotDone();
    slots.release("shard");
    assertThat(job.get()).isEqualTo(3);
  }

  @Test
  void anEarlierJobOfTheSameNameDoesNotGiveThemAway() throws Exception {
    cluster.job("earlier", "shard", "CANCELED");
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, 1)).isEqualTo(3);
    assertThat(slots.await("embed", 4, 1)).isEqualTo(1);
  }

  @Test
  void slotsOfAJobAtWorkAreCountedByTheCluster() throws Exception {
    FreeSlots slots = slots(Duration.ZERO);
    assertThat(slots.await("shard", 3, 1)).isEqualTo(3);
    cluster.runningOn("worker-1", "job", "shard");
    cluster.slots(4, 1);
    assertThat(slots.await("embed", 4, 1)).isEqualTo(1);
  }

  private static CompletableFuture<Integer> awaiting(
      FreeSlots slots, String job, int wanted, int fewest) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return slots.await(job, wanted, fewest);
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
