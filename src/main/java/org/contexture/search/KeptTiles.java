package org.contexture.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.contexture.retrieval.EmbeddingTile;

/** Tiles of which as many of the first are kept in memory as fit into a bound. */
final class KeptTiles implements EmbeddingTiles {
  private final EmbeddingTiles source;
  private final List<EmbeddingTile> kept = new ArrayList<>();
  private long room;
  private boolean full;
  private boolean complete;

  /**
   * Nothing is kept yet.
   *
   * @param bytes the most that the kept vectors may take
   */
  KeptTiles(EmbeddingTiles source, long bytes) {
    this.source = source;
    this.room = bytes;
  }

  @Override
  public int dimensions() {
    return source.dimensions();
  }

  @Override
  public synchronized void from(int tile, Consumer<EmbeddingTile> consumer) {
    for (int i = tile; i < kept.size(); i++) {
      consumer.accept(kept.get(i));
    }
    if (complete) {
      return;
    }
    if (tile > kept.size()) {
      source.from(tile, consumer);
      return;
    }
    source.from(
        kept.size(),
        next -> {
          keep(next);
          consumer.accept(next);
        });
    complete = !full;
  }

  /** Once one does not fit, none after it is kept: what is kept has no gaps. */
  private void keep(EmbeddingTile tile) {
    long bytes = (long) tile.size() * (tile.dimensions() + 3) * Float.BYTES;
    full |= bytes > room;
    if (!full) {
      room -= bytes;
      kept.add(tile);
    }
  }
}
