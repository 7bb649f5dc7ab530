package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.contexture.random.RandomStream;
import org.junit.jupiter.api.Test;

/** The miner's draws against its weights; the weights have vectors of their own. */
class DistanceWeightedMinerTest {
  private static final int BATCHES = 400;
  private static final int CLASSES = 4;
  private static final int IMAGES_PER_CLASS = 4;
  private static final int DIMENSIONS = 8;
  private static final int SIZE = CLASSES * IMAGES_PER_CLASS;

  private final DistanceWeightedMiner miner = new DistanceWeightedMiner(0.5, 1.4);
  private final int[] labels = IntStream.range(0, SIZE).map(i -> i / IMAGES_PER_CLASS).toArray();
  private final float[] distances =
      PlainEmbeddings.distances(PlainEmbeddings.random(1, SIZE * DIMENSIONS), DIMENSIONS);
  private final float[][] weights = miner.weights(distances, labels, DIMENSIONS);

  @Test
  void everyAnchorGetsAsManyTripletsAsItsClassHasImages() {
    Map<Integer, Integer> anchors = new HashMap<>();
    Set<Integer> drawn = new HashSet<>();

    for (int batch = 0; batch < BATCHES; batch++) {
      for (Triplets.Triplet triplet : draw(RandomStream.of(1, batch)).all()) {
        assertThat(labels[triplet.positive()]).isEqualTo(labels[triplet.anchor()]);
        assertThat(triplet.positive()).isNotEqualTo(triplet.anchor());
        assertThat(labels[triplet.negative()]).isNotEqualTo(labels[triplet.anchor()]);
        anchors.merge(triplet.anchor(), 1, Integer::sum);
        drawn.add(triplet.positive());
      }
    }

    for (int anchor = 0; anchor < SIZE; anchor++) {
      int expected = Float.isNaN(weights[anchor][0]) ? 0 : IMAGES_PER_CLASS * BATCHES;
      assertThat(anchors.getOrDefault(anchor, 0)).as("anchor %d", anchor).isEqualTo(expected);
    }
    assertThat(drawn).hasSize(SIZE);
  }

  @Test
  void negativesAreDrawnAsOftenAsTheyWeigh() {
    int[] counts = new int[SIZE];

    for (int batch = 0; batch < BATCHES; batch++) {
      for (Triplets.Triplet triplet : draw(RandomStream.of(2, batch)).all()) {
        if (triplet.anchor() == 0) {
          counts[triplet.negative()]++;
        }
      }
    }

    int all = Arrays.stream(counts).sum();
    assertThat(all).isPositive();
    for (int image = 0; image < SIZE; image++) {
      double weight = weights[0][image];
      // Five standard deviations.
      double spread = 5 * Math.sqrt(weight * (1 - weight) / all);
      assertThat((double) counts[image] / all).isCloseTo(weight, within(spread + 1e-9));
    }
  }

  private Triplets draw(RandomStream random) {
    return miner.draw(distances, labels, DIMENSIONS, random);
  }
}
