package org.contexture.retrieval.rerank;

import org.contexture.retrieval.EmbeddingTile;

/** Who is near whom among the images that a query is compared with, itself included. */
public interface NeighbourGraph {

  /** How many images there are. */
  long size();

  /** How many neighbours are known of each image, or all others if there are fewer. */
  int depth();

  /**
   * The ids of the nearest images of an image, the nearest first, equally near ones by ascending
   * id, itself left out.
   *
   * @param count how many, no more than {@link #depth}; fewer come only if there are no more images
   */
  long[] nearest(long image, int count);

  /** The embedding of an image, alone in its tile. */
  EmbeddingTile embedding(long image);

  /** The cosine similarity that orders neighbours. */
  default double similarity(long image, long other) {
    return embedding(image).similarity(0, embedding(other), 0);
  }
}
