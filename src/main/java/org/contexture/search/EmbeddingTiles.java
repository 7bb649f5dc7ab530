package org.contexture.search;

import java.util.function.Consumer;
import org.contexture.retrieval.EmbeddingTile;

/** The embeddings of a gallery in tiles, which can be gone through any number of times. */
interface EmbeddingTiles {
  /** How many embeddings a tile is made of, the last one aside. */
  int TILE = 4096;

  /** Numbers in an embedding. */
  int dimensions();

  /**
   * Hands over the tiles in order, from one on; 0 is the first, and past the last there are none.
   */
  void from(int tile, Consumer<EmbeddingTile> consumer);
}
