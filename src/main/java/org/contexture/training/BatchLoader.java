package org.contexture.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.contexture.failure.Failure;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageException;
import org.contexture.image.Normalisation;
import org.contexture.image.RgbImage;
import org.contexture.record.ExampleLabel;
import org.contexture.thread.DaemonThreads;
import org.contexture.thread.InOrder;

/**
 * Prepares the next batches on threads of its own while the network works on the current one. What
 * is in a batch depends on its place in the sequence alone, not on the threads. Batches that were
 * closed lend their memory to later ones: it would otherwise be there until the next collection.
 */
final class BatchLoader implements AutoCloseable {
  private static final long SECONDS_TO_END = 30;

  private final TrainingExamples examples;
  private final int[] classes;
  private final int size;
  private final int ahead;
  private final ImageDecoder decoder = new ImageDecoder();
  private final ExecutorService threads;
  private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

  /** What is done to a decoded image before the network sees it; on several threads at once. */
  @FunctionalInterface
  interface Preparation {

    /**
     * Makes an image of the network's input size.
     *
     * @param position of the image in the sequence of all batches: never the same twice
     */
    RgbImage apply(RgbImage image, ExampleLabel example, long position) throws ImageException;
  }

  /**
   * A loader.
   *
   * @param classes the class number of each example
   * @param size height and width of the network's input
   * @param threads how many batches are prepared at once; one more waits for its turn
   */
  BatchLoader(TrainingExamples examples, int[] classes, int size, int threads) {
    this.examples = examples;
    this.classes = classes;
    this.size = size;
    this.ahead = threads + 1;
    this.threads = Executors.newFixedThreadPool(threads, new DaemonThreads("batch loader"));
  }

  /**
   * The batches of example numbers, in their order, each loaded while those before it are in use.
   *
   * @param batches asked for a few batches ahead, on the thread that asks for the batches
   * @param firstPosition position of the first image in the sequence of all batches
   */
  Iterator<Batch> load(Iterator<int[]> batches, long firstPosition, Preparation preparation) {
    return new InOrder<>(new Loads(batches, firstPosition, preparation), threads, () -> ahead);
  }

  /** What there is to load. */
  private final class Loads implements Iterator<Supplier<Batch>> {
    private final Iterator<int[]> batches;
    private final Preparation preparation;
    private long position;

    Loads(Iterator<int[]> batches, long firstPosition, Preparation preparation) {
      this.batches = batches;
      this.preparation = preparation;
      this.position = firstPosition;
    }

    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public Supplier<Batch> next() {
      int[] numbers = batches.next();
      long first = position;
      position += numbers.length;
      return () -> batch(numbers, first, preparation);
    }
  }

  private Batch batch(int[] numbers, long first, Preparation preparation) {
    int imageLength = RgbImage.CHANNELS * size * size;
    float[] planes = new float[imageLength];
    ByteBuffer pixels =
        memory(Math.multiplyExact(numbers.length, Math.multiplyExact(imageLength, Float.BYTES)));
    FloatBuffer written = pixels.asFloatBuffer();
    int[] labels = new int[numbers.length];
    long[] ids = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      ExampleLabel label = examples.label(numbers[i]);
      labels[i] = classes[numbers[i]];
      ids[i] = label.getId();
      try {
        RgbImage image = decoder.decode(examples.image(numbers[i]));
        Normalisation.write(preparation.apply(image, label, first + i), planes, 0);
        written.put(planes);
      } catch (ImageException broken) {
        throw Failure.data(
                "The image of example %d cannot be used: %s Rebuild the examples.",
                label.getId(), broken.getMessage())
            .causedBy(broken);
      }
    }
    return new Batch(pixels, labels, ids, size, spare::add);
  }

  private ByteBuffer memory(int bytes) {
    ByteBuffer last = spare.poll();
    return last != null && last.capacity() == bytes
        ? last
        : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Ends the threads; when this returns, they read no more examples. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the batch loader does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
