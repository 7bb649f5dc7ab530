package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The miner's weights, with the published cutoffs, against the reference vectors. */
class DistanceWeightedMinerGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("losses");
  private static final String WEIGHTS = "dw_miner.weights";
  private static final float TOLERANCE = 1e-4f;

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

    float[][] actual = miner.weights(distances(arrays, dimensions), labels, dimensions);

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

  private static int[] labels(Npz arrays) {
    return Arrays.stream(arrays.longs("labels")).mapToInt(Math::toIntExact).toArray();
  }

  private static float[] distances(Npz arrays, int dimensions) {
    return PlainEmbeddings.distances(arrays.floats("embeddings"), dimensions);
  }
}
