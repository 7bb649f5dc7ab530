package org.contexture.stage;

import java.util.stream.LongStream;
import org.contexture.record.Embedding;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.shard.Shards;
import org.contexture.space.ImageTiles;

/** All embeddings of a dataset, in its order. */
record StoredTiles(Shards<Embedding> embeddings, int dimensions) implements ImageTiles {
  private static final int TILE = 4096;

  @Override
  public int count() {
    return Math.toIntExact((embeddings.size() + TILE - 1) / TILE);
  }

  @Override
  public int images() {
    return Math.toIntExact(embeddings.size());
  }

  @Override
  public EmbeddingTile tile(int number) {
    long first = (long) number * TILE;
    return EmbeddingTile.of(
        LongStream.range(first, Math.min(embeddings.size(), first + TILE))
            .mapToObj(embeddings::read)
            .toList(),
        dimensions);
  }
}
