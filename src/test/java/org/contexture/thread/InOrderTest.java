package org.contexture.thread;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InOrderTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private static Supplier<Integer> oneAfter(CountDownLatch latch) {
    return () -> {
      await(latch);
      return 1;
    };
  }

  private static <T> List<T> all(Iterator<T> results) {
    List<T> all = new ArrayList<>();
    results.forEachRemaining(all::add);
    return all;
  }

  @Test
  void resultsComeInTheOrderOfTheTasksWhicheverEndsFirst() {
    CountDownLatch second = new CountDownLatch(1);
    Supplier<Integer> waits = oneAfter(second);
    Supplier<Integer> frees =
        () -> {
          second.countDown();
          return 2;
        };

    try (InOrder<Integer> results =
        new InOrder<>(List.of(waits, frees, () -> 3).iterator(), threads, () -> 2)) {
      assertThat(all(results)).containsExactly(1, 2, 3);
      assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void tasksAreAskedForAsLateAsMayBe() {
    AtomicInteger asked = new AtomicInteger();
    Iterator<Supplier<Integer>> tasks =
        IntStream.range(0, 10)
            .<Supplier<Integer>>mapToObj(
                number -> {
                  asked.incrementAndGet();
                  return () -> number;
                })
            .iterator();

    try (InOrder<Integer> results = new InOrder<>(tasks, threads, () -> 3)) {
      assertThat(results.hasNext()).isTrue();
      assertThat(asked.get()).isLessThanOrEqualTo(3 + 1); // a stream's iterator looks one ahead
      all(results);
      assertThat(asked).hasValue(10);
    }
  }

  @Test
  void ofNoTasksThereAreNoResults() {
    try (InOrder<Integer> results =
        new InOrder<>(List.<Supplier<Integer>>of().iterator(), threads, () -> 2)) {
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void whatATaskThrowsComesInItsPlace() {
    IllegalArgumentException broken = new IllegalArgumentException("broken");
    Supplier<Integer> breaks =
        () -> {
          throw broken;
        };

    try (InOrder<Integer> results =
        new InOrder<>(List.of(() -> 1, breaks, () -> 3).iterator(), threads, () -> 3)) {
      assertThat(results.next()).isEqualTo(1);
      assertThatThrownBy(results::next).isSameAs(broken);
      assertThat(results.next()).isEqualTo(3);
    }
  }

  @Test
  void closedItBeginsNoMoreTasks() throws Exception {
    CountDownLatch atWork = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Supplier<Integer> task =
        () -> {
          begun.incrementAndGet();
          atWork.countDown();
          await(mayEnd);
          return 1;
        };

    InOrder<Integer> results =
        new InOrder<>(List.of(task, task, task, task).iterator(), threads, () -> 4);
    atWork.await();
    results.close();
    mayEnd.countDown();
    threads.shutdown();

    assertThat(threads.awaitTermination(30, SECONDS)).isTrue();
    assertThat(begun).hasValue(2);
  }

  @Test
  void anInterruptionWhileWaitingIsKept() {
    CountDownLatch never = new CountDownLatch(1);
    Supplier<Integer> waits = oneAfter(never);

    try (InOrder<Integer> results = new InOrder<>(List.of(waits).iterator(), threads, () -> 1)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(results::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("interrupted");

      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
