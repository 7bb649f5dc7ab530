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

    List<Retrieved> tiled = new ArrayList<>();
    for (EmbeddingTile queryTile : cut(queries, queryCuts)) {
      List<EmbeddingTile> galleryTiles = cut(gallery, galleryCuts);
      Collections.shuffle(galleryTiles, new Random(seed));
      List<Retrieved> merged = null;
      for (EmbeddingTile galleryTile : galleryTiles) {
        List<Retrieved> part = search(queryTile, galleryTile, gallery, depth);
        merged = merged == null ? part : merge(merged, part);
      }
      tiled.addAll(merged);
    }

    assertThat(tiled).isEqualTo(NeighbourSearch.retrieved(queries, gallery, depth));
    for (int query = 0; query < queries.size(); query++) {
      assertThat(PlainLoop.ids(tiled.get(query).nearest()))
          .isEqualTo(PlainLoop.nearest(queries, query, gallery, depth));
      assertThat(PlainLoop.ranks(tiled.get(query).ranks()))
          .isEqualTo(PlainLoop.ranks(queries, query, gallery));
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
    List<Retrieved> a = search(gallery, tiles.get(0), gallery, depth);
    List<Retrieved> b = search(gallery, tiles.get(1), gallery, depth);
    List<Retrieved> c = search(gallery, tiles.get(2), gallery, depth);

    assertThat(merge(a, b)).isEqualTo(merge(b, a));
    assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
  }

  private static List<Retrieved> search(
      EmbeddingTile queries, EmbeddingTile part, EmbeddingTile gallery, int depth) {
    NeighbourSearch search = NeighbourSearch.ofRanked(queries, depth, gallery);
    search.add(part);
    return search.retrieved();
  }

  private static List<Retrieved> merge(List<Retrieved> some, List<Retrieved> others) {
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
