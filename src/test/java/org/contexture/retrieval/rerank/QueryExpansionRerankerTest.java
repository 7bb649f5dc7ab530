package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class QueryExpansionRerankerTest {
  private static final NeighbourGraph THREE =
      new PlainGraph(Tiles.of(0, new int[3], new float[][] {{1, 0}, {0.8f, 0.6f}, {0.6f, -0.8f}}));

  @Test
  void theQueryMovesTowardsItsNearest() {
    double[] similarities =
        new RerankMethod.QueryExpansion(1, 2).over(THREE).similarities(0, new long[] {1, 2});

    // (1, 0) + 0.64 (0.8, 0.6) = (1.512, 0.384), of length 1.56.
    assertThat(similarities[0]).isCloseTo(1.44 / 1.56, within(1e-7));
    assertThat(similarities[1]).isCloseTo(0.6 / 1.56, within(1e-7));
  }

  @Test
  void whatIsOppositeAddsNothing() {
    NeighbourGraph opposite =
        new PlainGraph(Tiles.of(0, new int[2], new float[][] {{1, 0}, {-0.6f, 0.8f}}));

    assertThat(new RerankMethod.QueryExpansion(5, 3).over(opposite).similarities(0, new long[] {1}))
        .containsExactly(opposite.similarity(0, 1));
  }

  @Property(tries = 100)
  void equalsTheSumOverWholeVectors(
      @ForAll @IntRange(min = 2, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 9) int dimensions,
      @ForAll @IntRange(min = 1, max = 35) int neighbours,
      @ForAll @DoubleRange(min = 0.5, max = 5) double alpha,
      @ForAll long seed) {
    EmbeddingTile tile = Tiles.random(0, size, dimensions, 3, seed);
    PlainGraph graph = new PlainGraph(tile);
    Reranker reranker = new RerankMethod.QueryExpansion(neighbours, alpha).over(graph);

    for (int query = 0; query < size; query++) {
      long[] candidates = graph.nearest(query, size);
      double[] expanded = new double[dimensions];
      for (int i = 0; i < dimensions; i++) {
        expanded[i] = tile.component(query, i);
        for (int near = 0; near < Math.min(neighbours, candidates.length); near++) {
          double similarity = cosine(tile, query, (int) candidates[near]);
          if (similarity > 0) {
            expanded[i] +=
                Math.exp(alpha * Math.log(similarity)) * tile.component((int) candidates[near], i);
          }
        }
      }
      double[] actual = reranker.similarities(query, candidates);
      for (int i = 0; i < candidates.length; i++) {
        double product = 0;
        double squares = 0;
        for (int j = 0; j < dimensions; j++) {
          product += expanded[j] * tile.component((int) candidates[i], j);
          squares += expanded[j] * expanded[j];
        }
        assertThat(actual[i]).isCloseTo(product / Math.sqrt(squares), within(1e-12));
      }
    }
  }

  private static double cosine(EmbeddingTile tile, int row, int other) {
    double sum = 0;
    for (int i = 0; i < tile.dimensions(); i++) {
      sum += (double) tile.component(row, i) * tile.component(other, i);
    }
    return sum;
  }
}
