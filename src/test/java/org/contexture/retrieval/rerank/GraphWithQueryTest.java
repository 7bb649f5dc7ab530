package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Tiles;

/** A query that joins a gallery is one image more. */
class GraphWithQueryTest {

  /** A gallery that knows no more than some neighbours, and who is near the query outside it. */
  private record Gallery(PlainGraph images, PlainGraph withQuery, long query, int depth)
      implements NeighbourGraph {
    @Override
    public long size() {
      return images.size();
    }

    @Override
    public long[] nearest(long image, int count) {
      assertThat(count).isLessThanOrEqualTo(depth);
      return (image == query ? withQuery : images).nearest(image, count);
    }

    @Override
    public EmbeddingTile embedding(long image) {
      return withQuery.embedding(image);
    }
  }

  @Property(tries = 200)
  void isTheGraphOfAllOfThem(
      @ForAll @IntRange(min = 2, max = 25) int size,
      @ForAll @IntRange(min = 1, max = 4) int dimensions,
      @ForAll @IntRange(min = 1, max = 30) int depth,
      @ForAll @IntRange(max = 24) int place,
      @ForAll long seed) {
    EmbeddingTile all = Tiles.lattice(0, size, dimensions, 3, seed);
    long query = place % size;
    PlainGraph expected = new PlainGraph(all);
    NeighbourGraph actual =
        new GraphWithQuery(
            new Gallery(new PlainGraph(without(all, query)), expected, query, depth), query);

    assertThat(actual.size()).isEqualTo(size);
    assertThat(actual.depth()).isEqualTo(depth);
    for (long image : expected.ids().toArray()) {
      for (int count = 0; count <= depth; count++) {
        assertThat(actual.nearest(image, count)).isEqualTo(expected.nearest(image, count));
      }
    }
  }

  private static EmbeddingTile without(EmbeddingTile all, long left) {
    int[] rows =
        LongStream.range(0, all.size()).filter(row -> row != left).mapToInt(r -> (int) r).toArray();
    long[] ids = new long[rows.length];
    float[] vectors = new float[rows.length * all.dimensions()];
    for (int i = 0; i < rows.length; i++) {
      ids[i] = all.id(rows[i]);
      for (int dimension = 0; dimension < all.dimensions(); dimension++) {
        vectors[i * all.dimensions() + dimension] = all.component(rows[i], dimension);
      }
    }
    return EmbeddingTile.of(ids, new int[rows.length], vectors, all.dimensions());
  }
}
