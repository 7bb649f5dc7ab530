package org.contexture.retrieval.rerank;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.contexture.retrieval.EmbeddingTile;

/** Images of which each is compared with all others, the obvious way. */
public final class PlainGraph implements NeighbourGraph {
  private final EmbeddingTile images;
  private final int depth;
  private final Map<Long, Integer> rows = new HashMap<>();
  private final Map<Long, long[]> rankings = new HashMap<>();

  /** All images of a tile, all neighbours known. */
  public PlainGraph(EmbeddingTile images) {
    this(images, images.size());
  }

  /** All images of a tile, some neighbours known. */
  public PlainGraph(EmbeddingTile images, int depth) {
    this.images = images;
    this.depth = depth;
    IntStream.range(0, images.size()).forEach(row -> rows.put(images.id(row), row));
  }

  /** The ids of all images. */
  LongStream ids() {
    return IntStream.range(0, images.size()).mapToLong(images::id);
  }

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public long[] nearest(long image, int count) {
    long[] all = rankings.computeIfAbsent(image, this::ranking);
    return LongStream.of(all).limit(count).toArray();
  }

  private long[] ranking(long image) {
    int row = rows.get(image);
    double[] similarities =
        IntStream.range(0, images.size())
            .mapToDouble(other -> images.similarity(row, images, other))
            .toArray();
    return IntStream.range(0, images.size())
        .filter(other -> other != row)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer other) -> -similarities[other])
                .thenComparingLong(images::id))
        .mapToLong(images::id)
        .toArray();
  }

  @Override
  public EmbeddingTile embedding(long image) {
    int row = rows.get(image);
    return images.rows(row, row + 1);
  }
}
