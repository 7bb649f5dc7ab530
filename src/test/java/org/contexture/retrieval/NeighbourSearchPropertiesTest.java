package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However queries and gallery are cut, whatever the order: the same neighbours. */
class NeighbourSearchPropertiesTest {
  @Property(tries = 100)
  void tilingDoesNotChangeTheResult(
      @ForAll @IntRange(max = 60) int queryCount,
      @ForAll @IntRange(max = 150) int galleryCount,
      @ForAll @IntRange(min = 1, max = 6) int dimensions,
      @ForAll @IntRange(min = 1, max = 200) int depth,
      @ForAll @Size(max = 3) List<@IntRange(max = 60) Integer> queryCuts,
      @ForAll @Size(max = 4) List<@IntRange(max = 150) Integer> galleryCuts,
      @ForAll long seed) {
    EmbeddingTile gallery = Tiles.lattice(0, galleryCount, dimensions, 5, seed);
    EmbeddingTile queries = gallery.rows(Math.max(0, galleryCount - queryCount), galleryCount);

    List<TopNeighbours> tiled = new ArrayList<>();
    for (EmbeddingTile queryTile : cut(queries, queryCuts)) {
      List<EmbeddingTile> galleryTiles = cut(gallery, galleryCuts);
      Collections.shuffle(galleryTiles, new Random(seed));
      List<TopNeighbours> merged = null;
      for (EmbeddingTile galleryTile : galleryTiles) {
        List<TopNeighbours> part = NeighbourSearch.of(queryTile, galleryTile, depth);
        merged = merged == null ? part : merge(merged, part);
      }
      tiled.addAll(merged);
    }

    assertThat(tiled).isEqualTo(NeighbourSearch.of(queries, gallery, depth));
    for (int query = 0; query < queries.size(); query++) {
      assertThat(PlainLoop.ids(tiled.get(query)))
          .isEqualTo(PlainLoop.nearest(queries, query, gallery, depth));
      assertThat(tiled.get(query).relevant())
          .isEqualTo(PlainLoop.relevant(queries, query, gallery));
    }
  }

  @Property(tries = 100)
  void mergingIsAssociativeAndCommutative(
      @ForAll @IntRange(min = 3, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 70) int depth,
      @ForAll @IntRange(max = 60) int someCut,
      @ForAll @IntRange(max = 60) int otherCut,
      @ForAll long seed) {
    EmbeddingTile gallery = Tiles.lattice(0, size, 3, 3, seed);
    List<EmbeddingTile> tiles = cut(gallery, List.of(someCut, otherCut));
    List<TopNeighbours> a = NeighbourSearch.of(gallery, tiles.get(0), depth);
    List<TopNeighbours> b = NeighbourSearch.of(gallery, tiles.get(1), depth);
    List<TopNeighbours> c = NeighbourSearch.of(gallery, tiles.get(2), depth);

    assertThat(merge(a, b)).isEqualTo(merge(b, a));
    assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
  }

  private static List<TopNeighbours> merge(List<TopNeighbours> some, List<TopNeighbours> others) {
    return IntStream.range(0, some.size()).mapToObj(i -> some.get(i).merge(others.get(i))).toList();
  }

  /** Parts between the given rows, some of them empty. */
  private static List<EmbeddingTile> cut(EmbeddingTile tile, List<Integer> cuts) {
    int[] borders =
        IntStream.concat(
                IntStream.of(0, tile.size()),
                cuts.stream().mapToInt(cut -> Math.min(cut, tile.size())))
            .sorted()
            .toArray();
    List<EmbeddingTile> parts = new ArrayList<>();
    for (int i = 1; i < borders.length; i++) {
      parts.add(tile.rows(borders[i - 1], borders[i]));
    }
    return parts;
  }
}
