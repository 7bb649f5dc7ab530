package org.contexture.retrieval.hnsw;

import io.github.jbellis.jvector.disk.SimpleMappedReader;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.file.DirectoryTree;
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.TopNeighbours;

/**
 * What an approximate index costs and finds, with Lucene (the product's own classes) and with
 * jvector: seconds to build it with one thread, twice, and whether the bytes were the same; its
 * size beside that of the vectors; queries a second of one thread, the index mapped into memory,
 * and which share of the ten exact nearest neighbours is found; beside the exact search, asked one
 * query at a time and a thousand at a time. Points lie around random centres, five a centre.
 * Arguments are other numbers of images and dimensions, and another m and ef_construction. Run, in
 * the repository:
 *
 * <pre>
 * mvn -B -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath
 * java -Xmx4g -cp target/test-classes:target/classes:$(cat target/test-classpath) \
 *     org.contexture.retrieval.hnsw.IndexBenchmark 20000 128 16 100
 * </pre>
 */
final class IndexBenchmark {
  private static final int QUERIES = 1000;
  private static final int DEPTH = 10;
  private static final int TILE = 4096;
  private static final int[] EF_SEARCH = {20, 50, 100, 200, 400};
  private static final VectorTypeSupport JVECTOR =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  private final EmbeddingTile gallery;
  private final EmbeddingTile queries;
  private final List<TopNeighbours> exact;
  private final double exactPerSecond;

  private IndexBenchmark(int images, int dimensions) {
    gallery = ClusteredPoints.of(images, dimensions, 1);
    queries = ClusteredPoints.queries(gallery, QUERIES, 2);
    List<EmbeddingTile> tiles = new ArrayList<>();
    for (int row = 0; row < images; row += TILE) {
      tiles.add(gallery.rows(row, Math.min(images, row + TILE)));
    }
    exact(queries, tiles);
    long start = System.nanoTime();
    exact = exact(queries, tiles);
    double together = perSecond(QUERIES, start);
    int alone = 100;
    start = System.nanoTime();
    for (int row = 0; row < alone; row++) {
      exact(queries.rows(row, row + 1), tiles);
    }
    exactPerSecond = perSecond(alone, start);
    System.out.printf(
        Locale.ROOT,
        "%d images of %d dimensions, %.1f MB; Java %s%nexact, one query at a time: %.0f queries/s;"
            + " a thousand at a time: %.0f (%.1f ×)%n",
        images,
        dimensions,
        4e-6 * images * dimensions,
        Runtime.version(),
        exactPerSecond,
        together,
        together / exactPerSecond);
  }

  private static List<TopNeighbours> exact(EmbeddingTile queries, List<EmbeddingTile> tiles) {
    NeighbourSearch search = NeighbourSearch.ofNearest(queries, DEPTH);
    tiles.forEach(search::add);
    return search.neighbours();
  }

  private static double perSecond(int queries, long start) {
    return queries * 1e9 / (System.nanoTime() - start);
  }

  public static void main(String[] arguments) throws Exception {
    int images = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
    int dimensions = arguments.length < 2 ? 128 : Integer.parseInt(arguments[1]);
    HnswParameters parameters =
        new HnswParameters(
            arguments.length < 3 ? 16 : Integer.parseInt(arguments[2]),
            arguments.length < 4 ? 100 : Integer.parseInt(arguments[3]));
    IndexBenchmark benchmark = new IndexBenchmark(images, dimensions);
    benchmark.measure("Lucene", parameters, benchmark::buildWithLucene);
    benchmark.measure("jvector", parameters, benchmark::buildWithJvector);
  }

  /** Searches an index for one query, with so many candidates. */
  private interface Search extends Closeable {
    long[] nearest(int query, int efSearch) throws IOException;
  }

  private interface Build {
    Search in(Path directory, HnswParameters parameters) throws Exception;
  }

  private void measure(String library, HnswParameters parameters, Build build) throws Exception {
    Path directory = Files.createTempDirectory("index");
    Path again = Files.createTempDirectory("index");
    try {
      build.in(again, parameters).close();
      long start = System.nanoTime();
      try (Search search = build.in(directory, parameters)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%s, m %d, ef_construction %d: built in %.1f s, %.2f × the vectors, the second time %s%n",
            library,
            parameters.m(),
            parameters.efConstruction(),
            seconds,
            bytes(directory) / (4.0 * gallery.size() * gallery.dimensions()),
            digest(directory).equals(digest(again)) ? "the same bytes" : "OTHER BYTES");
        for (int efSearch : EF_SEARCH) {
          search(search, efSearch);
          start = System.nanoTime();
          double recall = search(search, efSearch);
          double rate = perSecond(QUERIES, start);
          System.out.printf(
              Locale.ROOT,
              "  ef_search %3d: recall@10 %.4f, %6.0f queries/s, %.1f × exact%n",
              efSearch,
              recall,
              rate,
              rate / exactPerSecond);
        }
      }
    } finally {
      DirectoryTree.delete(directory);
      DirectoryTree.delete(again);
    }
  }

  private double search(Search search, int efSearch) throws IOException {
    int found = 0;
    for (int query = 0; query < QUERIES; query++) {
      TopNeighbours nearest = exact.get(query);
      Set<Long> wanted = new HashSet<>();
      IntStream.range(0, DEPTH).forEach(position -> wanted.add(nearest.id(position)));
      for (long id : search.nearest(query, efSearch)) {
        found += wanted.contains(id) ? 1 : 0;
      }
    }
    return found / (double) (DEPTH * QUERIES);
  }

  private Search buildWithLucene(Path directory, HnswParameters parameters) throws IOException {
    HnswSegment segment = Segments.write(directory, "segment-00000", gallery, parameters);
    HnswIndex index = HnswIndex.open(List.of(segment), directory::resolve);
    return new Search() {
      @Override
      public long[] nearest(int query, int efSearch) {
        TopNeighbours found = index.nearest(queries.rows(query, query + 1), DEPTH, efSearch).get(0);
        return IntStream.range(0, found.size()).mapToLong(found::id).toArray();
      }

      @Override
      public void close() throws IOException {
        index.close();
      }
    };
  }

  private static VectorFloat<?> vector(EmbeddingTile tile, int row) {
    return JVECTOR.createFloatVector(tile.vector(row));
  }

  private Search buildWithJvector(Path directory, HnswParameters parameters) throws IOException {
    List<VectorFloat<?>> all = new ArrayList<>();
    for (int row = 0; row < gallery.size(); row++) {
      all.add(vector(gallery, row));
    }
    RandomAccessVectorValues vectors = new ListRandomAccessVectorValues(all, gallery.dimensions());
    ForkJoinPool oneThread = new ForkJoinPool(1);
    Path file = directory.resolve("index");
    // A graph of one level, which has 2 m edges a node as the lowest level of HNSW has.
    try (GraphIndexBuilder builder =
        new GraphIndexBuilder(
            BuildScoreProvider.randomAccessScoreProvider(
                vectors, VectorSimilarityFunction.DOT_PRODUCT),
            gallery.dimensions(),
            2 * parameters.m(),
            parameters.efConstruction(),
            1.2f,
            1.2f,
            oneThread,
            oneThread)) {
      for (int row = 0; row < gallery.size(); row++) {
        builder.addGraphNode(row, all.get(row));
      }
      builder.cleanup();
      OnDiskGraphIndex.write(builder.getGraph(), vectors, file);
    } finally {
      oneThread.shutdown();
    }
    SimpleMappedReader mapped = new SimpleMappedReader(file);
    OnDiskGraphIndex index = OnDiskGraphIndex.load(mapped::duplicate);
    GraphSearcher searcher = new GraphSearcher(index);
    return new Search() {
      @Override
      public long[] nearest(int query, int efSearch) {
        SearchScoreProvider scores =
            SearchScoreProvider.exact(
                vector(queries, query),
                VectorSimilarityFunction.DOT_PRODUCT,
                (RandomAccessVectorValues) searcher.getView());
        SearchResult found = searcher.search(scores, DEPTH, efSearch, 0, 0, Bits.ALL);
        return Stream.of(found.getNodes()).mapToLong(node -> node.node).toArray();
      }

      @Override
      public void close() throws IOException {
        searcher.close();
        index.close();
        mapped.close();
      }
    };
  }

  private static long bytes(Path directory) throws IOException {
    return files(directory).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private static String digest(Path directory) throws IOException {
    StringBuilder digests = new StringBuilder();
    for (Path file : files(directory)) {
      digests.append(DigestUtils.sha256Hex(Files.readAllBytes(file)));
    }
    return digests.toString();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
