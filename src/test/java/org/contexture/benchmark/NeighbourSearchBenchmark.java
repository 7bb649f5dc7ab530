package org.contexture.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.stream.LongStream;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;

/**
 * How fast one thread searches 2,048 queries in a gallery (2,048 images, or as many as the argument
 * says) of 512 dimensions, in floating-point operations (two for each component of each pair) per
 * second of its own processor time, so that other programs disturb it little. Run, in the
 * repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.benchmark.NeighbourSearchBenchmark
 * </pre>
 */
final class NeighbourSearchBenchmark {
  private static final int QUERIES = 2048;
  private static final int DIMENSIONS = 512;
  private static final int ROUNDS = 6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private NeighbourSearchBenchmark() {}

  public static void main(String[] arguments) {
    int images = arguments.length == 0 ? QUERIES : Integer.parseInt(arguments[0]);
    EmbeddingTile queries = tile(0, QUERIES, 1);
    EmbeddingTile gallery = tile(QUERIES, images, 2);
    for (int depth : new int[] {1, 10, 100, 1000}) {
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        NeighbourSearch search = new NeighbourSearch(queries, depth);
        long start = THREADS.getCurrentThreadCpuTime();
        search.add(gallery);
        best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
      }
      System.out.printf(
          "depth %d: %.1f GFLOP/s (%.3f s)%n",
          depth, 2.0 * QUERIES * images * DIMENSIONS / best / 1e9, best);
    }
  }

  private static EmbeddingTile tile(long firstId, int size, long seed) {
    Random random = new Random(seed);
    float[] vectors = new float[size * DIMENSIONS];
    for (int row = 0; row < size; row++) {
      double squares = 0;
      for (int i = row * DIMENSIONS; i < (row + 1) * DIMENSIONS; i++) {
        vectors[i] = (float) random.nextGaussian();
        squares += (double) vectors[i] * vectors[i];
      }
      for (int i = row * DIMENSIONS; i < (row + 1) * DIMENSIONS; i++) {
        vectors[i] /= (float) Math.sqrt(squares);
      }
    }
    return EmbeddingTile.of(
        LongStream.range(firstId, firstId + size).toArray(), new int[size], vectors, DIMENSIONS);
  }
}
