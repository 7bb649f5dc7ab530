package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.contexture.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The miner's weights against the reference vectors, and its draws against its weights. */
class DistanceWeightedMinerGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("losses");
  private static final String WEIGHTS = "dw_miner.weights";
  private static final float TOLERANCE = 1e-4f;
  private static final int BATCHES = 400;

  private final DistanceWeightedMiner miner = new DistanceWeightedMiner(0.5, 1.4);

  private static Stream<String> cases() {
    return StreamSupport.stream(GOLDEN.json("manifest.json").get("cases").spliterator(), false)
        .map(node -> node.get("case").asText())
        .filter(name -> GOLDEN.npz(name + ".npz").has(WEIGHTS));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightsEqualTheReference(String name) {
    Npz arrays = GOLDEN.npz(name + ".npz");
    int[] labels = labels(arrays);
    int dimensions = (int) arrays.shape("embeddings")[1];
    float[] expected = arrays.floats(WEIGHTS);

    float[][] actual = miner.weights(distances(arrays), labels, dimensions);

    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        float value = expected[i * labels.length + j];
        if (Float.isNaN(value)) {
          assertThat(actual[i][j]).as("%d, %d", i, j).isNaN();
        } else {
          assertThat(actual[i][j]).as("%d, %d", i, j).isCloseTo(value, within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void everyAnchorGetsAsManyTripletsAsItsClassHasImages() {
    Npz arrays = GOLDEN.npz("b16d8.npz");
    int[] labels = labels(arrays);
    Map<Integer, Integer> anchors = new HashMap<>();
    Set<Integer> drawn = new HashSet<>();

    for (int batch = 0; batch < BATCHES; batch++) {
      Triplets triplets = miner.draw(distances(arrays), labels, 8, RandomStream.of(1, batch));
      for (Triplets.Triplet triplet : triplets.all()) {
        assertThat(labels[triplet.positive()]).isEqualTo(labels[triplet.anchor()]);
        assertThat(triplet.positive()).isNotEqualTo(triplet.anchor());
        assertThat(labels[triplet.negative()]).isNotEqualTo(labels[triplet.anchor()]);
        anchors.merge(triplet.anchor(), 1, Integer::sum);
        drawn.add(triplet.positive());
      }
    }

    float[][] weights = miner.weights(distances(arrays), labels, 8);
    for (int anchor = 0; anchor < labels.length; anchor++) {
      int expected = Float.isNaN(weights[anchor][0]) ? 0 : 4 * BATCHES;
      assertThat(anchors.getOrDefault(anchor, 0)).as("anchor %d", anchor).isEqualTo(expected);
    }
    assertThat(drawn).hasSize(labels.length);
  }

  @Test
  void negativesAreDrawnAsOftenAsTheyWeigh() {
    Npz arrays = GOLDEN.npz("b16d8.npz");
    int[] labels = labels(arrays);
    float[] weights = miner.weights(distances(arrays), labels, 8)[0];
    int[] counts = new int[labels.length];

    for (int batch = 0; batch < BATCHES; batch++) {
      for (Triplets.Triplet triplet :
          miner.draw(distances(arrays), labels, 8, RandomStream.of(2, batch)).all()) {
        if (triplet.anchor() == 0) {
          counts[triplet.negative()]++;
        }
      }
    }

    int all = Arrays.stream(counts).sum();
    assertThat(all).isPositive();
    for (int image = 0; image < labels.length; image++) {
      // Five standard deviations.
      double spread = 5 * Math.sqrt(weights[image] * (1 - weights[image]) / all);
      assertThat((double) counts[image] / all).isCloseTo(weights[image], within(spread + 1e-9));
    }
  }

  private static int[] labels(Npz arrays) {
    return Arrays.stream(arrays.longs("labels")).mapToInt(Math::toIntExact).toArray();
  }

  private static float[] distances(Npz arrays) {
    float[] embeddings = arrays.floats("embeddings");
    int size = (int) arrays.shape("embeddings")[0];
    int dimensions = (int) arrays.shape("embeddings")[1];
    double[][] rows = new double[size][dimensions];
    for (int i = 0; i < size; i++) {
      double length = 0;
      for (int d = 0; d < dimensions; d++) {
        rows[i][d] = embeddings[i * dimensions + d];
        length += rows[i][d] * rows[i][d];
      }
      for (int d = 0; d < dimensions; d++) {
        rows[i][d] /= Math.sqrt(length);
      }
    }
    float[] distances = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double square = 0;
        for (int d = 0; d < dimensions; d++) {
          square += (rows[i][d] - rows[j][d]) * (rows[i][d] - rows[j][d]);
        }
        distances[i * size + j] = (float) Math.sqrt(square);
      }
    }
    return distances;
  }
}
