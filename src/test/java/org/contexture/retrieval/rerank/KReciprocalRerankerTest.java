package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class KReciprocalRerankerTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void twoImagesThatAreNearestToEachOtherOverlapByHowNearTheyAre() {
    float[][] points = {{1, 0}, {0.96f, 0.28f}, {0, 1}};
    NeighbourGraph graph = new PlainGraph(Tiles.of(0, new int[3], points));

    double[] similarities =
        new RerankMethod.KReciprocal(1, 1, 0).over(graph).similarities(0, new long[] {1, 2});

    // Encodings (1, w) / (1 + w) and (w, 1) / (1 + w) with w = exp(-(1 - 0.96)): their index is w.
    assertThat(similarities[0]).isCloseTo(Math.exp(-0.04), within(1e-7));
    // The nearest of the third is the second, which has a nearer one.
    assertThat(similarities[1]).isZero();
  }

  @Test
  void lambdaIsTheShareOfTheCosine() {
    NeighbourGraph graph = new PlainGraph(Tiles.random(0, 30, 4, 3, 5));
    long[] candidates = graph.nearest(0, 10);
    double[] overlaps =
        new RerankMethod.KReciprocal(5, 3, 0).over(graph).similarities(0, candidates);
    double[] mixed =
        new RerankMethod.KReciprocal(5, 3, 0.25).over(graph).similarities(0, candidates);
    double[] cosines =
        new RerankMethod.KReciprocal(5, 3, 1).over(graph).similarities(0, candidates);

    for (int i = 0; i < candidates.length; i++) {
      assertThat(cosines[i]).isEqualTo(graph.similarity(0, candidates[i]));
      assertThat(mixed[i]).isCloseTo(0.75 * overlaps[i] + 0.25 * cosines[i], within(TOLERANCE));
    }
  }

  @Property(tries = 60)
  void equalsTheAlgorithmOverWholeMatrices(
      @ForAll @IntRange(min = 2, max = 40) int size,
      @ForAll @IntRange(min = 2, max = 5) int dimensions,
      @ForAll @IntRange(min = 1, max = 45) int k1,
      @ForAll @IntRange(min = 1, max = 8) int k2,
      @ForAll @DoubleRange(min = 0, max = 1) double lambda,
      @ForAll boolean coarse,
      @ForAll long seed) {
    EmbeddingTile tile =
        coarse
            ? Tiles.lattice(0, size, dimensions, 3, seed)
            : Tiles.random(0, size, dimensions, 3, seed);
    PlainGraph graph = new PlainGraph(tile);
    double[][] expected = wholeMatrices(graph, k1, k2, lambda);
    Reranker reranker = new RerankMethod.KReciprocal(k1, k2, lambda).over(graph);

    for (int query = 0; query < size; query++) {
      long[] candidates = graph.nearest(query, size);
      double[] actual = reranker.similarities(query, candidates);
      for (int i = 0; i < candidates.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[query][(int) candidates[i]], within(TOLERANCE));
      }
    }
  }

  /** The algorithm as the paper and its code have it, on dense arrays; image i has the id i. */
  private static double[][] wholeMatrices(PlainGraph graph, int k1, int k2, double lambda) {
    int size = (int) graph.size();
    int[][] rank = new int[size][size];
    for (int i = 0; i < size; i++) {
      rank[i][0] = i;
      long[] others = graph.nearest(i, size);
      for (int place = 1; place < size; place++) {
        rank[i][place] = (int) others[place - 1];
      }
    }
    double[][] v = new double[size][size];
    for (int i = 0; i < size; i++) {
      boolean[] reciprocal = reciprocal(rank, i, k1);
      boolean[] expansion = reciprocal.clone();
      for (int candidate = 0; candidate < size; candidate++) {
        if (reciprocal[candidate]) {
          boolean[] theirs = reciprocal(rank, candidate, (int) Math.rint(k1 / 2.0));
          if (count(and(theirs, reciprocal)) > 2.0 / 3 * count(theirs)) {
            for (int j = 0; j < size; j++) {
              expansion[j] |= theirs[j];
            }
          }
        }
      }
      double sum = 0;
      for (int j = 0; j < size; j++) {
        v[i][j] = expansion[j] ? Math.exp(j == i ? 0 : graph.similarity(i, j) - 1) : 0;
        sum += v[i][j];
      }
      for (int j = 0; j < size; j++) {
        v[i][j] /= sum;
      }
    }
    double[][] mean = new double[size][size];
    for (int i = 0; i < size; i++) {
      int[] nearest = Arrays.copyOf(rank[i], Math.min(k2, size));
      for (int j = 0; j < size; j++) {
        int column = j;
        mean[i][j] =
            Arrays.stream(nearest).mapToDouble(near -> v[near][column]).average().orElseThrow();
      }
    }
    double[][] similarities = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double minima = 0;
        double maxima = 0;
        for (int l = 0; l < size; l++) {
          minima += Math.min(mean[i][l], mean[j][l]);
          maxima += Math.max(mean[i][l], mean[j][l]);
        }
        similarities[i][j] = (1 - lambda) * minima / maxima + lambda * graph.similarity(i, j);
      }
    }
    return similarities;
  }

  private static boolean[] reciprocal(int[][] rank, int image, int k) {
    boolean[] reciprocal = new boolean[rank.length];
    for (int other : Arrays.copyOf(rank[image], Math.min(k + 1, rank.length))) {
      reciprocal[other] = Arrays.stream(rank[other]).limit(k + 1L).anyMatch(back -> back == image);
    }
    return reciprocal;
  }

  private static boolean[] and(boolean[] one, boolean[] other) {
    boolean[] both = one.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other[i];
    }
    return both;
  }

  private static int count(boolean[] set) {
    int count = 0;
    for (boolean member : set) {
      count += member ? 1 : 0;
    }
    return count;
  }
}
