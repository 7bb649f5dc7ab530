package org.contexture.search;

import java.util.List;
import java.util.stream.IntStream;
import org.contexture.embedding.WrittenEmbeddings;
import org.contexture.record.Embedding;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.TopNeighbours;
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
    NeighbourSearch search = NeighbourSearch.ofNearest(tile(queries), depth);
    tiles.from(0, search::add);
    return search.neighbours().stream().map(ExactSearch::matches).toList();
  }

  /** Queries under ids that no image of a gallery has: those are not below zero. */
  private EmbeddingTile tile(float[][] queries) {
    float[] vectors = new float[Math.multiplyExact(queries.length, dimensions())];
    long[] ids = new long[queries.length];
    for (int query = 0; query < queries.length; query++) {
      System.arraycopy(queries[query], 0, vectors, query * dimensions(), dimensions());
      ids[query] = -1L - query;
    }
    return EmbeddingTile.of(ids, new int[queries.length], vectors, dimensions());
  }

  private static List<Match> matches(TopNeighbours found) {
    return IntStream.range(0, found.size())
        .mapToObj(rank -> new Match(found.id(rank), found.similarity(rank)))
        .toList();
  }
}
