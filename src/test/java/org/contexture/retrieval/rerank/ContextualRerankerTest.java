package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class ContextualRerankerTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void twoPairsFarApart() {
    float[][] points = {{1, 0}, {0.96f, 0.28f}, {-1, 0}, {-0.96f, 0.28f}};
    NeighbourGraph graph = new PlainGraph(Tiles.of(0, new int[4], points));

    double[] similarities =
        new RerankMethod.Contextual(2, 0, 1).over(graph).similarities(0, new long[] {1, 2});

    // The neighbourhoods of 0 and 1 are both {0, 1}: all is shared. No one is mutual at k / 2 = 1.
    assertThat(similarities[0]).isEqualTo(1);
    assertThat(similarities[1]).isZero();
  }

  @Property(tries = 100)
  void equalsTheProductsOfWholeMatrices(
      @ForAll @IntRange(min = 2, max = 30) int size,
      @ForAll @IntRange(min = 2, max = 5) int dimensions,
      @ForAll @IntRange(min = 1, max = 35) int k,
      @ForAll @DoubleRange(min = 0, max = 0.5) double eps,
      @ForAll @DoubleRange(min = 0, max = 1) double weight,
      @ForAll boolean coarse,
      @ForAll long seed) {
    PlainGraph graph =
        new PlainGraph(
            coarse
                ? Tiles.lattice(0, size, dimensions, 3, seed)
                : Tiles.random(0, size, dimensions, 3, seed));
    double[][] expected = wholeMatrices(graph, k, eps);
    Reranker reranker = new RerankMethod.Contextual(k, eps, weight).over(graph);

    for (int query = 0; query < size; query++) {
      long[] candidates = graph.nearest(query, size);
      double[] actual = reranker.similarities(query, candidates);
      for (int i = 0; i < candidates.length; i++) {
        double mixed =
            weight * expected[query][(int) candidates[i]]
                + (1 - weight) * graph.similarity(query, candidates[i]);
        assertThat(actual[i]).isCloseTo(mixed, within(TOLERANCE));
      }
    }
  }

  /** The contextual similarity as the paper has it, on dense arrays; image i has the id i. */
  private static double[][] wholeMatrices(PlainGraph graph, int k, double eps) {
    int size = (int) graph.size();
    double[][] distances = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        distances[i][j] = i == j ? 0 : Math.max(0, 2 - 2 * graph.similarity(i, j));
      }
    }
    int[][] near = membership(distances, Math.min(k, size), eps);
    int[][] close = membership(distances, Math.max(1, Math.min(k, size) / 2), eps);
    double[][] weights = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int both = 0;
        int neither = 0;
        int neighbours = 0;
        for (int l = 0; l < size; l++) {
          both += near[i][l] * near[j][l];
          neither += (1 - near[i][l]) * (1 - near[j][l]);
          neighbours += near[i][l];
        }
        double strangers = neighbours == size ? 0 : (double) neither / (size - neighbours);
        weights[i][j] = near[i][j] * ((double) both / neighbours + strangers) / 2;
      }
    }
    double[][] expanded = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int mutual = 0;
        for (int l = 0; l < size; l++) {
          expanded[i][j] += close[i][l] * close[l][i] * weights[l][j];
          mutual += close[i][l] * close[l][i];
        }
        expanded[i][j] /= mutual;
      }
    }
    double[][] similarities = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        similarities[i][j] = (expanded[i][j] + expanded[j][i]) / 2;
      }
    }
    return similarities;
  }

  private static int[][] membership(double[][] distances, int rank, double eps) {
    return Arrays.stream(distances)
        .map(
            row -> {
              double radius = Arrays.stream(row).sorted().toArray()[rank - 1] + eps;
              return Arrays.stream(row).mapToInt(distance -> distance <= radius ? 1 : 0).toArray();
            })
        .toArray(int[][]::new);
  }
}
