package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class EffectiveRankTest {

  @Test
  void collapsedEmbeddingsHaveRankOne() {
    assertThat(EffectiveRank.of(Tiles.of(0, new int[3], new float[][] {{1, 2}, {1, 2}, {1, 2}})))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void allDirectionsAlikeHaveFullRank() {
    assertThat(
            EffectiveRank.of(
                Tiles.of(0, new int[3], new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})))
        .isCloseTo(3, within(1e-9));
  }

  /** Four vectors along one axis and one along another: singular values 2 and 1. */
  @Test
  void isTheExponentialOfTheEntropyOfSingularValues() {
    float[][] rows = {{1, 0}, {1, 0}, {-1, 0}, {1, 0}, {0, 1}};
    double entropy = 2.0 / 3 * Math.log(1.5) + Math.log(3) / 3;

    assertThat(EffectiveRank.of(Tiles.of(0, new int[5], rows)))
        .isCloseTo(Math.exp(entropy), within(1e-9));
  }
}
