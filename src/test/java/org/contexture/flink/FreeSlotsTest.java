package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster of four slots, of which the test says how many are free, and whose jobs never start.
 */
@Timeout(60)
class FreeSlotsTest {
  private final AtomicInteger free = new AtomicInteger(4);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/overview",
        exchange -> {
          asked.incrementAndGet();
          answer(
              exchange,
              "{\"taskmanagers\": 2, \"slots-total\": 4, \"slots-available\": %d}"
                  .formatted(free.get()));
        });
    server.createContext("/jobs/overview", exchange -> answer(exchange, "{\"jobs\": []}"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private FreeSlots slots(Duration patience) {
    return new FreeSlots(
        new ClusterApi(new ClusterAddress("127.0.0.1", server.getAddress().getPort())), patience);
  }

  @Test
  void whatIsFreeIsTakenUpToWhatIsWanted() throws Exception {
    assertThat(slots(Duration.ZERO).await("embed", 3, 1)).isEqualTo(3);
    free.set(2);
    assertThat(slots(Duration.ZERO).await("embed", 3, 1)).isEqualTo(2);
  }

  @Test
  void slotsThatAreFreeInAMomentAreWaitedFor() throws Exception {
    free.set(1);
    CompletableFuture<Integer> job = awaiting(slots(Duration.ofHours(1)), "embed", 4, 1);
    awaitQuestions();
    free.set(4);
    assertThat(job.get()).isEqualTo(4);
  }

  @Test
  void whoNeedsAllWaitsForAll() throws Exception {
    free.set(3);
    CompletableFuture<Integer> job = awaiting(slots(Duration.ZERO), "train", 4, 4);
    awaitQuestions();
    assertThat(job).isNotDone();
    free.set(4);
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
    int before = asked.get();
    while (asked.get() < before + 2) {
      Thread.sleep(10);
    }
  }
}
