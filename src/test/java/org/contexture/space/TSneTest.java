package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class TSneTest {
  private static final int GROUPS = 6;

  @Test
  void groupsThatLieApartLieApartOnTheMap() {
    EmbeddingTile images = groups();

    List<PlanePoint> map = TSne.of(images, 10, 500);

    for (int row = 0; row < images.size(); row++) {
      int place = row;
      int nearest =
          IntStream.range(0, map.size())
              .filter(other -> other != place)
              .boxed()
              .min(Comparator.comparingDouble(other -> distance(map.get(place), map.get(other))))
              .orElseThrow();
      assertThat(images.label(nearest)).isEqualTo(images.label(row));
    }
    double widest = map.stream().mapToDouble(PlanePoint::x).max().orElseThrow();
    assertThat(widest).isBetween(1.0, 1000.0);
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(TSne.of(groups(), 5, 300)).isEqualTo(TSne.of(groups(), 5, 300));
  }

  @Test
  void imagesInOnePlaceAndFewImagesAreMappedToo() {
    float[][] rows = new float[12][];
    Arrays.fill(rows, new float[] {0, 1, 0});

    assertThat(TSne.of(Tiles.of(0, new int[12], rows), 30, 300))
        .hasSize(12)
        .allSatisfy(point -> assertThat(point.x() + point.y()).isFinite());
    assertThat(TSne.of(Tiles.random(0, 3, 4, 1, 1), 30, 300)).hasSize(3);
    assertThat(TSne.of(Tiles.random(0, 5, 4, 1, 1), 30, 300))
        .hasSize(5)
        .allSatisfy(point -> assertThat(point.x() + point.y()).isFinite());
  }

  private static double distance(PlanePoint one, PlanePoint other) {
    return Math.hypot(one.x() - other.x(), one.y() - other.y());
  }

  private static EmbeddingTile groups() {
    Random random = new Random(9);
    float[][] rows = new float[GROUPS * 25][GROUPS];
    int[] labels = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      labels[row] = row % GROUPS;
      for (int i = 0; i < GROUPS; i++) {
        rows[row][i] = (float) (0.1 * random.nextGaussian()) + (i == labels[row] ? 1 : 0);
      }
    }
    return Tiles.of(0, labels, rows);
  }
}
