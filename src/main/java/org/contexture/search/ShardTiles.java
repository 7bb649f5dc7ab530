package org.contexture.search;

import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.contexture.record.Embedding;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Roles;
import org.contexture.shard.Shards;

/** The embeddings of a dataset that are there to be found; those that are only asked are not. */
final class ShardTiles implements EmbeddingTiles {
  private final Shards<Embedding> embeddings;
  private final int dimensions;

  /** The tiles of shards with at least one record. */
  ShardTiles(Shards<Embedding> embeddings) {
    this.embeddings = embeddings;
    this.dimensions = embeddings.read(0).getVector().remaining() / Float.BYTES;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void from(int tile, Consumer<EmbeddingTile> consumer) {
    for (long first = (long) tile * TILE; first < embeddings.size(); first += TILE) {
      consumer.accept(
          EmbeddingTile.of(
              LongStream.range(first, Math.min(embeddings.size(), first + TILE))
                  .mapToObj(embeddings::read)
                  .filter(record -> Roles.isSearched(record.getSplit()))
                  .toList(),
              dimensions));
    }
  }
}
