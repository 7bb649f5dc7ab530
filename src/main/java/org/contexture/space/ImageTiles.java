package org.contexture.space;

import org.contexture.retrieval.EmbeddingTile;

/** Embeddings that are read tile by tile, as often as wanted: more than memory holds at once. */
public interface ImageTiles {

  /** How many tiles there are; each but the last has as many images. */
  int count();

  /** How many images are in all tiles together. */
  int images();

  /** Reads a tile, from 0. */
  EmbeddingTile tile(int number);
}
