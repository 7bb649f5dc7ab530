package org.contexture.search;

import java.util.List;

/** Finds the images of a gallery whose embeddings are nearest to given ones. */
public interface NearestImages extends AutoCloseable {

  /** Numbers in an embedding. */
  int dimensions();

  /**
   * The nearest images of each query.
   *
   * @param queries unit vectors of {@link #dimensions} numbers, at least one
   * @param depth how many images to find for each, at least 1
   * @return for each query its matches, the most similar first, equal similarities by ascending id;
   *     fewer than {@code depth} where the gallery has fewer
   */
  List<List<Match>> nearest(float[][] queries, int depth);

  /** Lets go of the gallery. */
  @Override
  default void close() {}
}
