package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreeEmbeddingsTest {
  /** Two classes that lie a right angle apart, one vector of each between the two. */
  private static final float[] START = {1, 0, 0.8f, 0.6f, 0, 1, 0.6f, 0.8f};

  private static final int[] LABELS = {0, 0, 1, 1};

  private static List<float[]> moved(LossName loss, int steps, int observeEvery)
      throws IOException {
    List<float[]> seen = new ArrayList<>();
    new FreeEmbeddings(
            new FreeEmbeddingsConfig(LossConfig.of(loss, Map.of()), 0.02, steps, observeEvery, 1))
        .move(START, LABELS, (step, vectors) -> seen.add(vectors));
    return seen;
  }

  private static double cosine(float[] vectors, int one, int other) {
    return vectors[2 * one] * vectors[2 * other] + vectors[2 * one + 1] * vectors[2 * other + 1];
  }

  @Test
  void aLossDrawsAClassTogetherAndClassesApart() throws IOException {
    float[] end = moved(LossName.CONTRASTIVE, 100, 100).get(0);

    assertThat(cosine(end, 0, 1)).isGreaterThan(cosine(START, 0, 1));
    assertThat(cosine(end, 2, 3)).isGreaterThan(cosine(START, 2, 3));
    assertThat(cosine(end, 1, 3)).isLessThan(cosine(START, 1, 3));
  }

  @ParameterizedTest
  @EnumSource(
      value = LossName.class,
      names = {"CONTRASTIVE", "TRIPLET", "PROXY_ANCHOR"})
  void vectorsStayOfUnitLength(LossName loss) throws IOException {
    float[] end = moved(loss, 5, 5).get(0);

    for (int row = 0; row < LABELS.length; row++) {
      assertThat(cosine(end, row, row)).isCloseTo(1, within(1e-5));
    }
    assertThat(end).isNotEqualTo(START);
  }

  @Test
  void theyAreSeenFromTimeToTimeAndAtTheEnd() throws IOException {
    assertThat(moved(LossName.CONTRASTIVE, 7, 3)).hasSize(3);
    assertThat(moved(LossName.CONTRASTIVE, 6, 3)).hasSize(2);
  }

  @Test
  void theSameSeedMovesThemTheSameWay() throws IOException {
    assertThat(moved(LossName.PROXY_ANCHOR, 5, 5).get(0))
        .isEqualTo(moved(LossName.PROXY_ANCHOR, 5, 5).get(0));
  }
}
