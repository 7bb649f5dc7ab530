package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.contexture.record.ExampleLabel;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
  private static final int THREADS = 2;
  private static final int BATCHES = 7;

  private final ColouredSquares examples = ColouredSquares.of(4, 0);

  /** Batch n is of example n and the one after it. */
  private static List<int[]> numbers() {
    return IntStream.range(0, BATCHES).mapToObj(n -> new int[] {n, n + 1}).toList();
  }

  private BatchLoader loader(TrainingExamples from, int threads) {
    return new BatchLoader(from, new int[from.size()], ColouredSquares.SIZE, threads);
  }

  @Test
  void batchesComeInTheirOrderWhicheverIsReadyFirst() {
    CountDownLatch secondIsRead = new CountDownLatch(1);
    TrainingExamples firstIsLast =
        new TrainingExamples() {
          @Override
          public int size() {
            return examples.size();
          }

          @Override
          public ExampleLabel label(int number) {
            return examples.label(number);
          }

          @Override
          public byte[] image(int number) {
            if (number == 0) {
              awaitQuietly(secondIsRead);
            } else if (number == 2) {
              secondIsRead.countDown();
            }
            return examples.image(number);
          }
        };
    List<Long> ids = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    try (BatchLoader loader = loader(firstIsLast, THREADS)) {
      Iterator<Batch> batches =
          loader.load(
              numbers().iterator(),
              100,
              (image, example, position) -> {
                synchronized (positions) {
                  positions.add(position);
                }
                return image;
              });
      batches.forEachRemaining(batch -> ids.add(batch.ids()[0]));
    }

    assertThat(ids).containsExactly(1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L);
    assertThat(positions).hasSize(2 * BATCHES).doesNotHaveDuplicates();
    assertThat(positions).allMatch(position -> position >= 100 && position < 100 + 2 * BATCHES);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksForNoMoreBatchesThanItsThreadsAndOne() {
    List<int[]> asked = new ArrayList<>();
    try (BatchLoader loader = loader(examples, THREADS)) {
      Iterator<Batch> batches =
          loader.load(
              numbers().stream().peek(asked::add).iterator(),
              0,
              (image, example, position) -> image);
      assertThat(asked).hasSize(THREADS + 1);
      batches.next();
      assertThat(asked).hasSize(THREADS + 2);
      batches.forEachRemaining(batch -> assertThat(batch.size()).isEqualTo(2));
      assertThat(asked).hasSize(BATCHES);
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void closedBatchesLendTheirMemoryAndNoneIsWrittenOverBefore() {
    List<float[]> kept;
    List<float[]> closed = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager();
        BatchLoader loader = loader(examples, THREADS)) {
      List<Batch> all = new ArrayList<>();
      plain(loader).forEachRemaining(all::add);
      kept = all.stream().map(batch -> batch.images(manager).toFloatArray()).toList();
      long before = directBuffers();
      plain(loader)
          .forEachRemaining(
              batch -> {
                try (batch;
                    NDManager scope = manager.newSubManager()) {
                  closed.add(batch.images(scope).toFloatArray());
                }
              });
      assertThat(directBuffers() - before).isLessThanOrEqualTo(THREADS + 2L);
    }
    assertThat(closed).usingRecursiveComparison().isEqualTo(kept);
    assertThat(kept.get(0)).isNotEqualTo(kept.get(1));
  }

  private static Iterator<Batch> plain(BatchLoader loader) {
    return loader.load(numbers().iterator(), 0, (image, example, position) -> image);
  }

  private static long directBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getCount)
        .sum();
  }
}
