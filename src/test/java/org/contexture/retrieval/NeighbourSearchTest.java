package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourSearchTest {
  private static final EmbeddingTile QUERY = Tiles.of(100, new int[] {1}, new float[][] {{1, 0}});

  @Test
  void ordersByDescendingSimilarity() {
    EmbeddingTile gallery =
        Tiles.of(0, new int[] {1, 2, 1}, new float[][] {{-1, 0}, {1, 0.1f}, {0, 1}});

    TopNeighbours found = NeighbourSearch.nearest(QUERY, gallery, 3).get(0);

    assertThat(PlainLoop.ids(found)).containsExactly(1L, 2L, 0L);
    assertThat(found.label(0)).isEqualTo(2);
    assertThat(found.similarity(2)).isEqualTo(-1);
  }

  @Test
  void ordersEqualSimilaritiesByIdWhateverTheirPlace() {
    EmbeddingTile gallery =
        EmbeddingTile.of(
            new long[] {9, 4, -3, 6}, new int[4], new float[] {1, 0, 1, 0, 1, 0, 1, 0}, 2);

    TopNeighbours found = NeighbourSearch.nearest(QUERY, gallery, 3).get(0);

    assertThat(PlainLoop.ids(found)).containsExactly(-3L, 4L, 6L);
  }

  @Test
  void tellsApartWhatFloat32Cannot() {
    float[] further = {0.6f, 0.8f, 0};
    float[] nearer = {0.6f, 0.8f, Math.ulp(0.6f) / 64};
    EmbeddingTile queries =
        EmbeddingTile.of(
            new long[] {100}, new int[1], new float[] {0.6f, 0.6f, (float) Math.sqrt(0.28)}, 3);
    EmbeddingTile gallery =
        EmbeddingTile.of(
            new long[] {1, 2},
            new int[2],
            new float[] {further[0], further[1], further[2], nearer[0], nearer[1], nearer[2]},
            3);

    TopNeighbours found = NeighbourSearch.nearest(queries, gallery, 2).get(0);

    assertThat((float) found.similarity(0)).isEqualTo((float) found.similarity(1));
    assertThat(PlainLoop.ids(found)).containsExactly(2L, 1L);
  }

  @Test
  void leavesOutTheQueryByItsIdAndKeepsItsDoubles() {
    EmbeddingTile tile = Tiles.of(0, new int[] {5, 5, 6}, new float[][] {{1, 0}, {1, 0}, {1, 0}});

    List<TopNeighbours> found = NeighbourSearch.nearest(tile, tile, 3);

    assertThat(found.stream().map(PlainLoop::ids))
        .containsExactly(List.of(1L, 2L), List.of(0L, 2L), List.of(0L, 1L));
    assertThat(NeighbourSearch.retrieved(tile, tile, 1))
        .extracting(retrieved -> PlainLoop.ranks(retrieved.ranks()))
        .containsExactly(List.of(1), List.of(1), List.of());
  }

  /** No similarity stands for the query itself, so none ties with it. */
  @Test
  void anExactlyOppositeImageIsANeighbour() {
    EmbeddingTile tile = Tiles.of(0, new int[] {5, 5}, new float[][] {{1, 0}, {-1, 0}});

    assertThat(NeighbourSearch.nearest(tile, tile, 2).stream().map(PlainLoop::ids))
        .containsExactly(List.of(1L), List.of(0L));
  }

  @Test
  void findsWhatSortingTheWholeGalleryFinds() {
    EmbeddingTile gallery = Tiles.random(0, 1300, 19, 7, 1);
    EmbeddingTile queries = gallery.rows(400, 700);

    List<TopNeighbours> found = NeighbourSearch.nearest(queries, gallery, 25);

    assertThat(found).hasSize(300);
    for (int query = 0; query < 300; query++) {
      assertThat(PlainLoop.ids(found.get(query)))
          .isEqualTo(PlainLoop.nearest(queries, query, gallery, 25));
    }
  }

  @Test
  void findsTheRanksThatSortingTheWholeGalleryGives() {
    EmbeddingTile gallery = Tiles.random(0, 1300, 19, 7, 1);
    EmbeddingTile queries = gallery.rows(400, 700);

    List<Retrieved> found = NeighbourSearch.retrieved(queries, gallery, 3);

    for (int query = 0; query < 300; query++) {
      assertThat(PlainLoop.ranks(found.get(query).ranks()))
          .isEqualTo(PlainLoop.ranks(queries, query, gallery));
      assertThat(found.get(query).nearest())
          .isEqualTo(NeighbourSearch.nearest(queries, gallery, 3).get(query));
    }
  }

  @Test
  void gallerySidesWithNothingRelevantHaveNoRanks() {
    EmbeddingTile gallery = Tiles.of(0, new int[] {2, 3}, new float[][] {{1, 0}, {0, 1}});

    assertThat(NeighbourSearch.retrieved(QUERY, gallery, 1).get(0).ranks().ranks()).isEmpty();
  }

  @Test
  void ranksHaveToBeAskedFor() {
    NeighbourSearch search = NeighbourSearch.ofNearest(QUERY, 1);

    assertThatIllegalStateException().isThrownBy(search::retrieved);
  }

  @Test
  void findsTheSameWhenGalleryTilesComeOneAfterTheOther() {
    EmbeddingTile gallery = Tiles.lattice(0, 700, 6, 4, 2);
    NeighbourSearch search = NeighbourSearch.ofNearest(gallery, 40);
    search.add(gallery.rows(650, 700));
    search.add(gallery.rows(0, 0));
    search.add(gallery.rows(0, 650));

    assertThat(search.neighbours()).isEqualTo(NeighbourSearch.nearest(gallery, gallery, 40));
  }

  @Test
  void findsTheSameWhenAskedTwice() {
    EmbeddingTile tile = Tiles.lattice(0, 30, 4, 3, 1);
    NeighbourSearch search = NeighbourSearch.ofNearest(tile, 5);
    search.add(tile);

    assertThat(search.neighbours()).isEqualTo(search.neighbours());
  }

  @Test
  void refusesGalleriesOfOtherDimensionsAndDepthsOfNothing() {
    EmbeddingTile gallery = Tiles.random(0, 3, 5, 2, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighbourSearch.nearest(QUERY, gallery, 1))
        .withMessage("queries have 2 dimensions, the gallery 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighbourSearch.ofNearest(QUERY, 0))
        .withMessage("depth must be at least 1, not 0");
  }

  @Test
  void noticesAGalleryTileThatComesTwice() {
    EmbeddingTile gallery = Tiles.random(0, 3, 2, 2, 1);
    NeighbourSearch search = NeighbourSearch.ofNearest(QUERY, 4);
    search.add(gallery);
    search.add(gallery);

    assertThatIllegalArgumentException()
        .isThrownBy(search::neighbours)
        .withMessageContaining("do gallery tiles overlap?");
  }
}
