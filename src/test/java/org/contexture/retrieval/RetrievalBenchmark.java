package org.contexture.retrieval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How long it takes to find the neighbours of as many images as Stanford Online Products tests on
 * (60,502 of 512 numbers, five a class), the ranks of all that is relevant, and every metric; as
 * floating-point operations (two for each number of each pair) per second beside those of a plain
 * product of matrices; with one worker and with one a processor; and beside FAISS's exact search
 * for 1,001 neighbours alone, where a Python has it (Debian: python3-faiss). Arguments are another
 * number of images, and how many of them are queries. Run, in the repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -Xmx4g -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     -Dai.djl.offline=true org.contexture.retrieval.RetrievalBenchmark
 * </pre>
 */
final class RetrievalBenchmark {
  private static final int DIMENSIONS = 512;
  private static final int CLASS = 5;
  private static final int TILE = 4096;
  private static final int DEPTH = 10;
  private static final double NOISE = 1.5;
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  private static final String PYTHON =
      """
      import sys, time, numpy, faiss
      x = numpy.fromfile(sys.argv[1], dtype="<f4").reshape(-1, int(sys.argv[2]))
      index = faiss.IndexFlatIP(x.shape[1])
      index.add(x)
      start = time.perf_counter()
      for i in range(0, int(sys.argv[3]), 4096):
          index.search(x[i:i + 4096], 1001)
      print(time.perf_counter() - start)
      """;

  private RetrievalBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int images = arguments.length == 0 ? 60_502 : Integer.parseInt(arguments[0]);
    int queries = arguments.length < 2 ? images : Integer.parseInt(arguments[1]);
    int processors = Runtime.getRuntime().availableProcessors();
    EmbeddingTile all = tile(images);
    double operations = 2.0 * queries * images * DIMENSIONS;
    System.out.printf(
        Locale.ROOT,
        "%d processors, Java %s; %d queries, %d images, %.2f Tflop%n",
        processors,
        Runtime.version(),
        queries,
        images,
        operations / 1e12);
    double peak = peak();
    System.out.printf(Locale.ROOT, "product of matrices: %.1f Gflop/s%n", peak / 1e9);
    double one = retrieve(all, queries, 1);
    print("one worker", one, operations, peak);
    double every = retrieve(all, queries, processors);
    print("%d workers".formatted(processors), every, operations, peak);
    System.out.printf(
        Locale.ROOT, "%d workers: %.2f times as fast as one%n", processors, one / every);
    Optional<Double> faiss = faiss(all, queries);
    System.out.println(
        faiss
            .map(
                seconds ->
                    String.format(
                        Locale.ROOT,
                        "FAISS, 1,001 neighbours and no metric: %.1f s; ours takes %.2f of it",
                        seconds,
                        every / seconds))
            .orElse("no Python with FAISS"));
  }

  private static void print(String who, double seconds, double operations, double peak) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, %.1f Gflop/s, %.0f %% of the product%n",
        who,
        seconds,
        operations / seconds / 1e9,
        100 * operations / seconds / peak);
  }

  /** Operations a second of the product of a tile with another. */
  private static double peak() {
    double best = 0;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray left = manager.randomNormal(new Shape(TILE, DIMENSIONS));
      NDArray right = manager.randomNormal(new Shape(DIMENSIONS, TILE));
      for (int round = 0; round < 12; round++) {
        long start = System.nanoTime();
        left.matMul(right).close();
        best = Math.max(best, 2e9 * TILE * TILE * DIMENSIONS / (System.nanoTime() - start));
      }
    }
    return best;
  }

  private static double retrieve(EmbeddingTile all, int queryCount, int workers) throws Exception {
    List<EmbeddingTile> tiles = new ArrayList<>();
    List<EmbeddingTile> classes = new ArrayList<>();
    for (int from = 0; from < all.size(); from += TILE) {
      int to = Math.min(all.size(), from + TILE);
      tiles.add(all.rows(from, to));
      classes.add(all.rows(Math.max(0, from - CLASS), Math.min(all.size(), to + CLASS)));
    }
    RetrievalMetrics metrics =
        RetrievalMetrics.of(
            RetrievalMetrics.standard(List.of(1, 10, 100, 1000), List.of(10)),
            QueriesWithoutRelevant.EXCLUDED);
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Callable<List<Retrieved>>> tasks = new ArrayList<>();
      for (int task = 0; task * TILE < queryCount; task++) {
        EmbeddingTile queries = tiles.get(task);
        EmbeddingTile relevant = classes.get(task);
        tasks.add(
            () -> {
              NeighbourSearch search = NeighbourSearch.ofRanked(queries, DEPTH, relevant);
              tiles.forEach(search::add);
              return search.retrieved();
            });
      }
      for (Future<List<Retrieved>> found : threads.invokeAll(tasks)) {
        found.get().forEach(query -> metrics.add(query.toRecord()));
      }
    } finally {
      threads.shutdown();
    }
    metrics.results();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Optional<Double> faiss(EmbeddingTile all, int queries) throws Exception {
    Path file = Files.createTempFile("embeddings", ".f32");
    try {
      write(all, file);
      for (String python : PYTHONS) {
        ProcessBuilder builder =
            new ProcessBuilder(
                python,
                "-c",
                PYTHON,
                file.toString(),
                Integer.toString(DIMENSIONS),
                Integer.toString(queries));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
          process = builder.start();
        } catch (IOException notInstalled) {
          continue;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
          return Optional.of(Double.valueOf(output.strip()));
        }
      }
      return Optional.empty();
    } finally {
      Files.delete(file);
    }
  }

  private static void write(EmbeddingTile all, Path file) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int image = 0; image < all.size(); image++) {
        row.clear();
        for (int i = 0; i < DIMENSIONS; i++) {
          row.putFloat(all.component(image, i));
        }
        row.flip();
        while (row.hasRemaining()) {
          channel.write(row);
        }
      }
    }
  }

  /** Classes around random centres, so that relevant images are neither all near nor all far. */
  private static EmbeddingTile tile(int images) {
    Random random = new Random(1);
    float[][] rows = new float[images][DIMENSIONS];
    float[] centre = new float[DIMENSIONS];
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        if (image % CLASS == 0) {
          centre[i] = (float) random.nextGaussian();
        }
        rows[image][i] = (float) (centre[i] + NOISE * random.nextGaussian());
      }
    }
    return Tiles.of(0, IntStream.range(0, images).map(image -> image / CLASS).toArray(), rows);
  }
}
