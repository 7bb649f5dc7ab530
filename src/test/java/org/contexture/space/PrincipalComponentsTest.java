package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  @Test
  void distancesInAPlaneAreKept() {
    EmbeddingTile images = Tiles.random(0, 40, 2, 2, 5);

    List<PlanePoint> points = PrincipalComponents.of(images);

    for (int row = 1; row < images.size(); row++) {
      assertThat(
              Math.hypot(
                  points.get(row).x() - points.get(0).x(), points.get(row).y() - points.get(0).y()))
          .isCloseTo(
              Math.hypot(
                  images.component(row, 0) - images.component(0, 0),
                  images.component(row, 1) - images.component(0, 1)),
              within(1e-6));
    }
  }

  @Test
  void theFirstSpreadsMostAndIsCentredAndTurnedTheSameWay() {
    float[][] rows = {{0.1f, 1, 0.1f}, {-0.1f, -1, 0}, {0.1f, 0.9f, 0}, {0, -0.9f, -0.1f}};
    List<PlanePoint> points = PrincipalComponents.of(Tiles.of(0, new int[4], rows));

    assertThat(points.stream().mapToDouble(point -> point.x() * point.x()).sum())
        .isGreaterThan(3.5)
        .isGreaterThan(points.stream().mapToDouble(point -> point.y() * point.y()).sum());
    assertThat(points.stream().mapToDouble(PlanePoint::x).sum()).isCloseTo(0, within(1e-6));
    assertThat(points.get(0).x()).isPositive();
  }

  @Test
  void worksForNoImageOneImageAndOneDimension() {
    assertThat(PrincipalComponents.of(Tiles.of(0, new int[0], new float[0][]))).isEmpty();
    assertThat(PrincipalComponents.of(Tiles.random(0, 1, 3, 1, 1)))
        .containsExactly(new PlanePoint(0, 0));
    assertThat(PrincipalComponents.of(Tiles.of(0, new int[2], new float[][] {{1}, {-1}})))
        .containsExactly(new PlanePoint(1, 0), new PlanePoint(-1, 0));
  }
}
