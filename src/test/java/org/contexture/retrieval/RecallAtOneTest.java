package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class RecallAtOneTest {
  @Test
  void isTheShareOfImagesWhoseNearestNeighbourHasTheirClass() {
    EmbeddingTile tile =
        Tiles.of(
            0,
            new int[] {1, 1, 2, 2, 3},
            new float[][] {{1, 0}, {1, 0.1f}, {0, 1}, {1, 0.3f}, {-1, 0}});

    assertThat(RecallAtOne.of(tile, tile)).isEqualTo(0.75);
  }

  @Test
  void aQueryIsNotFoundByAnotherQuery() {
    EmbeddingTile queries = Tiles.of(0, new int[] {1, 1}, new float[][] {{1, 0}, {1, 0}});
    EmbeddingTile gallery = Tiles.of(2, new int[] {1, 2}, new float[][] {{0, 1}, {1, 0.1f}});

    assertThat(RecallAtOne.of(queries, gallery)).isEqualTo(0);
  }

  @Property
  void isThatOfTheFullEvaluationAmongEqualSimilaritiesToo(
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 6) int classes,
      @ForAll long seed) {
    EmbeddingTile tile = Tiles.lattice(0, size, 3, classes, seed);
    int middle = size / 2;

    assertIsThatOfTheFullEvaluation(tile, tile);
    assertIsThatOfTheFullEvaluation(tile.rows(0, middle + 1), tile.rows(middle, size));
  }

  private static void assertIsThatOfTheFullEvaluation(
      EmbeddingTile queries, EmbeddingTile gallery) {
    RetrievalMetrics metrics =
        RetrievalMetrics.of(List.of(new RecallAtK(1)), QueriesWithoutRelevant.EXCLUDED);
    NeighbourSearch.retrieved(queries, gallery, 1).stream()
        .map(Retrieved::toRecord)
        .forEach(metrics::add);
    double expected;
    try {
      expected = metrics.results().get(0).getValue();
    } catch (Failure nothingToFind) {
      assertThatThrownBy(() -> RecallAtOne.of(queries, gallery)).isInstanceOf(Failure.class);
      return;
    }

    assertThat(RecallAtOne.of(queries, gallery)).isEqualTo(expected);
  }

  @Test
  void needsSomethingToFind() {
    EmbeddingTile tile = Tiles.of(0, new int[] {1, 2}, new float[][] {{0, 1}, {1, 0}});

    for (EmbeddingTile gallery : List.of(tile, tile.rows(0, 0))) {
      assertThatThrownBy(() -> RecallAtOne.of(tile, gallery))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "There is no recall@1: none of the 2 queries has an image of its own class to find."
                  + " Measure on classes with two images or more, or on a gallery that shares"
                  + " classes with the queries.");
    }
  }
}
