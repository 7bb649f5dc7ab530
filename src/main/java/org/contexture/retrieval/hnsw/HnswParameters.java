package org.contexture.retrieval.hnsw;

import java.io.Serializable;

/**
 * How a graph is built (Malkov, Yashunin 2018, §4).
 *
 * @param m how many edges a node has on each level but the lowest, which has twice as many; 2 to
 *     {@value #LARGEST_M}
 * @param efConstruction how many candidates are considered for the edges of a new node; 1 to
 *     {@value #LARGEST_EF_CONSTRUCTION}
 */
public record HnswParameters(int m, int efConstruction) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most edges that Lucene allows. */
  public static final int LARGEST_M = 512;

  /** The most candidates that Lucene allows. */
  public static final int LARGEST_EF_CONSTRUCTION = 3200;

  public HnswParameters {
    requireWithin("m", m, 2, LARGEST_M);
    requireWithin("efConstruction", efConstruction, 1, LARGEST_EF_CONSTRUCTION);
  }

  private static void requireWithin(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, not %d".formatted(name, minimum, maximum, value));
    }
  }
}
