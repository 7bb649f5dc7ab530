package org.contexture.space;

import org.contexture.retrieval.EmbeddingTile;

/** A tile cut into smaller ones. */
record InTiles(EmbeddingTile whole, int size) implements ImageTiles {
  @Override
  public int count() {
    return (whole.size() + size - 1) / size;
  }

  @Override
  public int images() {
    return whole.size();
  }

  @Override
  public EmbeddingTile tile(int number) {
    return whole.rows(number * size, Math.min(whole.size(), (number + 1) * size));
  }
}
