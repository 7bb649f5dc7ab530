package org.contexture.training;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.contexture.failure.Failure;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageException;
import org.contexture.image.Normalisation;
import org.contexture.image.RgbImage;
import org.contexture.record.ExampleLabel;

/** Prepares the next batch on a thread of its own while the network works on the current one. */
final class BatchLoader implements AutoCloseable {
  private static final long SECONDS_TO_END = 30;

  private final TrainingExamples examples;
  private final int[] classes;
  private final int size;
  private final ImageDecoder decoder = new ImageDecoder();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "batch loader");
            worker.setDaemon(true);
            return worker;
          });

  /** What is done to a decoded image before the network sees it. */
  @FunctionalInterface
  interface Preparation {

    /**
     * Makes an image of the network's input size.
     *
     * @param position of the image in the sequence of all batches: never the same twice
     */
    RgbImage apply(RgbImage image, ExampleLabel example, long position);
  }

  /**
   * A loader.
   *
   * @param classes the class number of each example
   * @param size height and width of the network's input
   */
  BatchLoader(TrainingExamples examples, int[] classes, int size) {
    this.examples = examples;
    this.classes = classes;
    this.size = size;
  }

  /**
   * The batches of example numbers, each loaded while the one before it is in use.
   *
   * @param batches asked for one batch ahead, on the thread that asks for the batches
   * @param firstPosition position of the first image in the sequence of all batches
   */
  Iterator<Batch> load(Iterator<int[]> batches, long firstPosition, Preparation preparation) {
    return new Iterator<>() {
      private long position = firstPosition;
      private Future<Batch> next = submit();

      private Future<Batch> submit() {
        if (!batches.hasNext()) {
          return null;
        }
        int[] numbers = batches.next();
        long first = position;
        position += numbers.length;
        return thread.submit(() -> batch(numbers, first, preparation));
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Batch next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        Batch batch = await(next);
        next = submit();
        return batch;
      }
    };
  }

  private static Batch await(Future<Batch> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException("loading a batch failed", failed.getCause());
    }
  }

  private Batch batch(int[] numbers, long first, Preparation preparation) {
    int imageLength = RgbImage.CHANNELS * size * size;
    float[] pixels = new float[Math.multiplyExact(numbers.length, imageLength)];
    int[] labels = new int[numbers.length];
    long[] ids = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      ExampleLabel label = examples.label(numbers[i]);
      labels[i] = classes[numbers[i]];
      ids[i] = label.getId();
      RgbImage image = decode(numbers[i], label.getId());
      Normalisation.write(preparation.apply(image, label, first + i), pixels, i * imageLength);
    }
    return new Batch(pixels, labels, ids, size);
  }

  private RgbImage decode(int number, long id) {
    try {
      return decoder.decode(examples.image(number));
    } catch (ImageException broken) {
      throw Failure.data(
              "The image of example %d cannot be decoded: %s Rebuild the examples.",
              id, broken.getMessage())
          .causedBy(broken);
    }
  }

  /** Ends the thread; when this returns, it reads no more examples. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the batch loader does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
