package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproximateSimilaritiesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 21, 130})
  void staysWithinItsErrorOnEveryPairOfABlock(int dimensions) {
    EmbeddingTile queries = Tiles.random(0, 300, dimensions, 2, 1);
    EmbeddingTile gallery = Tiles.random(0, 600, dimensions, 2, 2);
    ApproximateSimilarities similarities = new ApproximateSimilarities(queries, gallery);

    for (int firstQuery : new int[] {0, ApproximateSimilarities.GROUP}) {
      for (int firstImage : new int[] {0, ApproximateSimilarities.BLOCK}) {
        similarities.compute(firstQuery, firstImage);
        for (int query : new int[] {0, 7, 43}) {
          for (int image : new int[] {0, 1, 87}) {
            assertThat((double) similarities.of(query)[image])
                .isCloseTo(
                    queries.similarity(firstQuery + query, gallery, firstImage + image),
                    within(ApproximateSimilarities.error(dimensions)));
          }
        }
      }
    }
  }
}
