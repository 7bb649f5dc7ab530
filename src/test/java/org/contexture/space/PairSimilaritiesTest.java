package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairSimilaritiesTest {
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest
  @ValueSource(ints = {2, 255, 256, 257, 512, 513, 1100})
  void equalsAPlainLoop(int size) {
    EmbeddingTile images = Tiles.random(0, size, 7, 3, size);
    double positives = 0;
    double negatives = 0;
    double potential = 0;
    long positivePairs = 0;
    long pairs = 0;
    for (int row = 0; row < size; row++) {
      for (int other = 0; other < row; other++) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < images.dimensions(); i++) {
          double x = images.component(row, i);
          double y = images.component(other, i);
          dot += x * y;
          squares += (x - y) * (x - y);
        }
        boolean positive = images.label(row) == images.label(other);
        positivePairs += positive ? 1 : 0;
        positives += positive ? dot : 0;
        negatives += positive ? 0 : dot;
        potential += Math.exp(-2 * squares);
        pairs++;
      }
    }

    PairSimilarities similarities = PairSimilarities.of(images);

    assertThat(similarities.mean())
        .hasValueCloseTo((positives + negatives) / pairs, within(TOLERANCE));
    assertThat(similarities.uniformity())
        .hasValueCloseTo(Math.log(potential / pairs), within(TOLERANCE));
    assertThat(similarities.histogram().stream().mapToLong(PairSimilarities.Bin::positives).sum())
        .isEqualTo(positivePairs);
    assertThat(similarities.histogram().stream().mapToLong(PairSimilarities.Bin::negatives).sum())
        .isEqualTo(pairs - positivePairs);
    if (positivePairs > 0) {
      assertThat(similarities.positiveMean())
          .hasValueCloseTo(positives / positivePairs, within(TOLERANCE));
      assertThat(similarities.alignment())
          .hasValueCloseTo(2 - 2 * positives / positivePairs, within(TOLERANCE));
    }
  }

  @Test
  void theHistogramSaysWherePairsAre() {
    EmbeddingTile images =
        Tiles.of(0, new int[] {1, 1, 2}, new float[][] {{1, 0}, {1, 0}, {-1, 0}});

    PairSimilarities similarities = PairSimilarities.of(images);

    assertThat(similarities.histogram()).hasSize(100);
    assertThat(similarities.histogram().get(0))
        .isEqualTo(new PairSimilarities.Bin(-1, -0.98, 0, 2));
    assertThat(similarities.histogram().get(99)).isEqualTo(new PairSimilarities.Bin(0.98, 1, 1, 0));
  }

  @Test
  void whereThereAreNoPairsThereAreNoFigures() {
    PairSimilarities alone = PairSimilarities.of(Tiles.random(0, 1, 3, 1, 1));
    PairSimilarities strangers =
        PairSimilarities.of(Tiles.of(0, new int[] {1, 2}, new float[][] {{1, 0}, {0, 1}}));

    assertThat(alone.mean()).isEmpty();
    assertThat(alone.uniformity()).isEmpty();
    assertThat(strangers.alignment()).isEmpty();
    assertThat(strangers.positiveMean()).isEmpty();
    assertThat(strangers.negativeMean()).hasValue(0);
  }
}
