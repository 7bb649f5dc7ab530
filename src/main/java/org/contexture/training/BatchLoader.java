package org.contexture.training;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.contexture.failure.Failure;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageException;
import org.contexture.image.Normalisation;
import org.contexture.image.RgbImage;
import org.contexture.record.ExampleLabel;

/** Prepares the next batch on a thread of its own while the network works on the current one. */
final class BatchLoader implements AutoCloseable {
  private final TrainingExamples examples;
  private final int size;
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
    RgbImage apply(RgbImage image, long id, long position);
  }

  /**
   * A loader.
   *
   * @param size height and width of the network's input
   */
  BatchLoader(TrainingExamples examples, int size) {
    this.examples = examples;
    this.size = size;
  }

  /**
   * The batches of example numbers, each loaded while the one before it is in use.
   *
   * @param classes the class number of each example
   * @param firstPosition position of the first image in the sequence of all batches
   */
  Iterator<Batch> load(
      List<int[]> batches, int[] classes, long firstPosition, Preparation preparation) {
    return new Iterator<>() {
      private int submitted;
      private long position = firstPosition;
      private Future<Batch> next = submit();

      private Future<Batch> submit() {
        if (submitted == batches.size()) {
          return null;
        }
        int[] numbers = batches.get(submitted++);
        long first = position;
        position += numbers.length;
        return thread.submit(() -> batch(numbers, classes, first, preparation));
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Batch next() {
        Future<Batch> current = next;
        Batch batch = await(current);
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
      throw new IllegalStateException(failed.getCause());
    }
  }

  private Batch batch(int[] numbers, int[] classes, long first, Preparation preparation) {
    float[] pixels = new float[numbers.length * 3 * size * size];
    int[] labels = new int[numbers.length];
    long[] ids = new long[numbers.length];
    ImageDecoder decoder = new ImageDecoder();
    for (int i = 0; i < numbers.length; i++) {
      ExampleLabel label = examples.label(numbers[i]);
      labels[i] = classes[numbers[i]];
      ids[i] = label.getId();
      try {
        RgbImage image = decoder.decode(examples.image(numbers[i]));
        Normalisation.write(
            preparation.apply(image, label.getId(), first + i), pixels, i * 3 * size * size);
      } catch (ImageException broken) {
        throw Failure.data(
                "Example %d cannot be decoded: %s", label.getId(), broken.getMessage())
            .causedBy(broken);
      }
    }
    return new Batch(pixels, labels, ids, size);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
