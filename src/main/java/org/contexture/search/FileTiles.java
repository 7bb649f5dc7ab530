package org.contexture.search;

import java.util.Arrays;
import java.util.function.Consumer;
import org.contexture.embedding.WrittenEmbeddings;
import org.contexture.retrieval.EmbeddingTile;

/** The embeddings of a file; the id of an image is the number of its row, from 0. */
final class FileTiles implements EmbeddingTiles {
  private final WrittenEmbeddings embeddings;

  FileTiles(WrittenEmbeddings embeddings) {
    this.embeddings = embeddings;
  }

  @Override
  public int dimensions() {
    return embeddings.dimensions();
  }

  @Override
  public void from(int tile, Consumer<EmbeddingTile> consumer) {
    Rows rows = new Rows((long) tile * TILE, consumer);
    embeddings.from((long) tile * TILE, rows::add);
    rows.handOver();
  }

  /** Rows on their way to a tile. */
  private final class Rows {
    private final float[] vectors = new float[Math.multiplyExact(TILE, dimensions())];
    private final Consumer<EmbeddingTile> consumer;
    private long first;
    private int count;

    Rows(long first, Consumer<EmbeddingTile> consumer) {
      this.first = first;
      this.consumer = consumer;
    }

    void add(float[] vector) {
      System.arraycopy(vector, 0, vectors, count * vector.length, vector.length);
      count++;
      if (count == TILE) {
        handOver();
      }
    }

    void handOver() {
      if (count == 0) {
        return;
      }
      long[] ids = new long[count];
      for (int row = 0; row < count; row++) {
        ids[row] = first + row;
      }
      consumer.accept(
          EmbeddingTile.of(
              ids, new int[count], Arrays.copyOf(vectors, count * dimensions()), dimensions()));
      first += count;
      count = 0;
    }
  }
}
