package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class LeaveOneOutTest {
  @Test
  void recallAtOneIsTheShareOfImagesWhoseNearestNeighbourHasTheirClass() {
    EmbeddingTile tile =
        Tiles.of(
            0,
            new int[] {1, 1, 2, 2, 3},
            new float[][] {{1, 0}, {1, 0.1f}, {0, 1}, {1, 0.3f}, {-1, 0}});

    assertThat(LeaveOneOut.recallAtOne(tile)).isEqualTo(0.75);
  }

  @Test
  void recallAtOneNeedsAClassWithTwoImages() {
    EmbeddingTile tile = Tiles.of(0, new int[] {1, 2}, new float[][] {{1, 0}, {0, 1}});

    assertThatThrownBy(() -> LeaveOneOut.recallAtOne(tile))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none of the 2 queries has an image of its own class to find");
  }
}
