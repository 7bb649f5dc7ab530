package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
  private static final int ITERATIONS = 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anImageIsInTheClusterWhoseMeanIsNearest(long seed) {
    EmbeddingTile images = Tiles.random(0, 700, 6, 4, seed);

    int[] clusters = KMeans.cluster(new InTiles(images, 700), 12, 1000, seed);

    double[][] means = means(images, clusters, 12);
    for (int row = 0; row < images.size(); row++) {
      double own = distance(images, row, means[clusters[row]]);
      for (double[] mean : means) {
        assertThat(own).isLessThanOrEqualTo(distance(images, row, mean) + 1e-5);
      }
    }
  }

  @Test
  void howImagesAreCutIntoTilesDoesNotMatter() {
    EmbeddingTile images = Tiles.random(0, 900, 5, 4, 7);

    int[] whole = KMeans.cluster(new InTiles(images, 900), 600, ITERATIONS, 8);

    assertThat(KMeans.cluster(new InTiles(images, 37), 600, ITERATIONS, 8)).isEqualTo(whole);
    assertThat(KMeans.cluster(new InTiles(images, 37), 600, ITERATIONS, 9)).isNotEqualTo(whole);
  }

  @Test
  void findsGroupsThatLieApart() {
    int groups = 5;
    EmbeddingTile images = groups(groups, 40);

    double best = 0;
    for (long seed = 0; seed < 10; seed++) {
      int[] clusters = KMeans.cluster(new InTiles(images, 64), groups, ITERATIONS, seed);
      int[] labels = IntStream.range(0, images.size()).map(images::label).toArray();
      best = Math.max(best, new ClusterAgreement(labels, clusters).normalised());
    }
    assertThat(best).isGreaterThan(0.999);
  }

  @Test
  void noClusterStaysEmpty() {
    float[][] rows = new float[30][];
    Arrays.fill(rows, new float[] {1, 0});
    rows[28] = new float[] {0, 1};
    rows[29] = new float[] {-1, 0};
    EmbeddingTile images = Tiles.of(0, new int[30], rows);

    int[] clusters = KMeans.cluster(new InTiles(images, 8), 3, ITERATIONS, 1);

    assertThat(IntStream.of(clusters).distinct().count()).isEqualTo(3);
    assertThat(clusters[28]).isNotEqualTo(clusters[29]).isNotEqualTo(clusters[0]);
    assertThat(clusters[29]).isNotEqualTo(clusters[0]);
  }

  @Test
  void asManyClustersAsImagesAreOneEach() {
    EmbeddingTile images = Tiles.random(0, 50, 4, 2, 3);

    assertThat(KMeans.cluster(new InTiles(images, 50), 50, ITERATIONS, 1)).doesNotHaveDuplicates();
  }

  @Test
  void refusesMoreClustersThanImages() {
    EmbeddingTile images = Tiles.random(0, 5, 4, 2, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> KMeans.cluster(new InTiles(images, 5), 6, ITERATIONS, 1))
        .withMessageContaining("6 clusters of 5 images");
  }

  private static EmbeddingTile groups(int groups, int size) {
    Random random = new Random(4);
    float[][] rows = new float[groups * size][groups];
    int[] labels = new int[groups * size];
    for (int row = 0; row < rows.length; row++) {
      labels[row] = row % groups;
      for (int i = 0; i < groups; i++) {
        rows[row][i] = (float) (0.05 * random.nextGaussian()) + (i == labels[row] ? 1 : 0);
      }
    }
    return Tiles.of(0, labels, rows);
  }

  private static double[][] means(EmbeddingTile images, int[] clusters, int count) {
    double[][] means = new double[count][images.dimensions()];
    for (int cluster = 0; cluster < count; cluster++) {
      int wanted = cluster;
      int[] rows =
          IntStream.range(0, images.size()).filter(row -> clusters[row] == wanted).toArray();
      for (int i = 0; i < images.dimensions(); i++) {
        int component = i;
        means[cluster][i] =
            IntStream.of(rows)
                .mapToDouble(row -> images.component(row, component))
                .average()
                .orElseThrow();
      }
    }
    return means;
  }

  private static double distance(EmbeddingTile images, int row, double[] mean) {
    double squares = 0;
    for (int i = 0; i < mean.length; i++) {
      squares += Math.pow(images.component(row, i) - mean[i], 2);
    }
    return squares;
  }
}
