package org.contexture.retrieval.rerank;

import java.util.Arrays;
import org.contexture.retrieval.EmbeddingTile;

/** A gallery and one query that is not part of it. */
public final class GraphWithQuery implements NeighbourGraph {
  private final NeighbourGraph gallery;
  private final long query;

  /**
   * The graph of the gallery with the query among its images.
   *
   * @param gallery who is near whom in the gallery alone; it also knows the embedding of the query
   *     and the images of the gallery that are nearest to it
   */
  public GraphWithQuery(NeighbourGraph gallery, long query) {
    this.gallery = gallery;
    this.query = query;
  }

  @Override
  public long size() {
    return gallery.size() + 1;
  }

  @Override
  public int depth() {
    return gallery.depth();
  }

  @Override
  public long[] nearest(long image, int count) {
    long[] others = gallery.nearest(image, count);
    if (image == query) {
      return others;
    }
    int place = others.length;
    double similarity = similarity(image, query);
    while (place > 0 && isBefore(similarity, image, others[place - 1])) {
      place--;
    }
    if (place == count) {
      return others;
    }
    long[] nearest = Arrays.copyOf(others, Math.min(count, others.length + 1));
    System.arraycopy(others, place, nearest, place + 1, nearest.length - place - 1);
    nearest[place] = query;
    return nearest;
  }

  private boolean isBefore(double similarity, long image, long other) {
    double otherSimilarity = similarity(image, other);
    return similarity > otherSimilarity || (similarity == otherSimilarity && query < other);
  }

  @Override
  public EmbeddingTile embedding(long image) {
    return gallery.embedding(image);
  }
}
