package org.contexture.search;

import java.util.List;
import org.contexture.embedding.WrittenEmbeddings;
import org.contexture.record.Embedding;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.shard.Shards;

/** Compares a query with every image of a gallery, which passes through memory in tiles. */
public final class ExactSearch implements NearestImages {
  private static final int SHARE_OF_MEMORY = 4;

  private final EmbeddingTiles tiles;

  ExactSearch(EmbeddingTiles tiles) {
    this.tiles = tiles;
  }

  /**
   * The search of a dataset, in the images that are there to be found. Up to a quarter of the
   * memory that Java may take keeps embeddings for the next query.
   *
   * @param embeddings at least one
   */
  public static ExactSearch of(Shards<Embedding> embeddings) {
    return kept(new ShardTiles(embeddings));
  }

  /** The search of a file of embeddings; the id of an image is the number of its row, from 0. */
  static ExactSearch of(WrittenEmbeddings embeddings) {
    return kept(new FileTiles(embeddings));
  }

  private static ExactSearch kept(EmbeddingTiles tiles) {
    return new ExactSearch(
        new KeptTiles(tiles, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
  }

  @Override
  public int dimensions() {
    return tiles.dimensions();
  }

  @Override
  public List<List<Match>> nearest(float[][] queries, int depth) {
    NeighbourSearch search = NeighbourSearch.ofNearest(QueryTile.of(queries, dimensions()), depth);
    tiles.from(0, search::add);
    return QueryTile.matches(search.neighbours());
  }
}
