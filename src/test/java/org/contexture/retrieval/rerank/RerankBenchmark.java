package org.contexture.retrieval.rerank;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.contexture.record.Neighbours;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.retrieval.RetrievalMetrics;
import org.contexture.retrieval.Retrieved;
import org.contexture.retrieval.Tiles;

/**
 * How long one worker re-ranks the 100 nearest of each of 12,000 images (512 numbers, five a class,
 * around centres that are spread evenly), everything in memory, beside the search that comes first,
 * and what becomes of the metrics of these made-up points. An argument is another number of images.
 * Run, in the repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -Xmx4g -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.retrieval.rerank.RerankBenchmark
 * </pre>
 */
final class RerankBenchmark {
  private static final int DIMENSIONS = 512;
  private static final int CLASS = 5;
  private static final int DEPTH = 100;
  private static final double NOISE = 2.5;

  private RerankBenchmark() {}

  /** What a search has found, by rows; image i has the id i. */
  private record Found(List<EmbeddingTile> images, List<Retrieved> rankings)
      implements NeighbourGraph {
    @Override
    public long size() {
      return images.size();
    }

    @Override
    public int depth() {
      return DEPTH;
    }

    @Override
    public long[] nearest(long image, int count) {
      Retrieved found = rankings.get((int) image);
      return IntStream.range(0, Math.min(count, found.nearest().size()))
          .mapToLong(found.nearest()::id)
          .toArray();
    }

    @Override
    public EmbeddingTile embedding(long image) {
      return images.get((int) image);
    }
  }

  public static void main(String[] arguments) {
    int images = arguments.length == 0 ? 12_000 : Integer.parseInt(arguments[0]);
    EmbeddingTile tile = tile(images);
    long start = System.nanoTime();
    Found found =
        new Found(
            IntStream.range(0, images).mapToObj(row -> tile.rows(row, row + 1)).toList(),
            NeighbourSearch.retrieved(tile, tile, DEPTH));
    List<Neighbours> rankings = found.rankings().stream().map(Retrieved::toRecord).toList();
    print("search", start, images, rankings);
    for (RerankMethod method :
        List.of(
            new RerankMethod.KReciprocal(20, 6, 0.3),
            new RerankMethod.QueryExpansion(10, 3),
            new RerankMethod.Contextual(4, 0.05, 0.5))) {
      start = System.nanoTime();
      Reranker reranker = method.over(found);
      print(
          method.key(),
          start,
          images,
          rankings.stream()
              .map(ranking -> RerankedNeighbours.of(ranking, DEPTH, reranker))
              .toList());
    }
  }

  private static void print(String what, long start, int images, List<Neighbours> rankings) {
    double seconds = (System.nanoTime() - start) / 1e9;
    RetrievalMetrics metrics =
        RetrievalMetrics.of(
            RetrievalMetrics.standard(List.of(1), List.of()), QueriesWithoutRelevant.EXCLUDED);
    rankings.forEach(metrics::add);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, %.2f ms a query; recall@1 %.4f, map@r %.4f%n",
        what,
        seconds,
        1e3 * seconds / images,
        metrics.results().get(0).getValue(),
        metrics.results().get(1).getValue());
  }

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
