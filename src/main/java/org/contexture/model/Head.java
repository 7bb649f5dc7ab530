package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What turns feature maps, most often the last one, into the embedding, before rows are scaled to
 * length one.
 */
public enum Head {
  /** Global average pool, then a linear layer: the reference's {@code SOP_Network}. */
  AVERAGE_LINEAR("average_linear"),
  /**
   * Global max pool, layer norm without affine parameters, then a linear layer: the reference's
   * {@code CUB_Network}.
   */
  MAX_NORM_LINEAR("max_norm_linear"),
  /**
   * Generalised mean with exponent 3 ("Fine-tuning CNN Image Retrieval with No Human Annotation",
   * Radenović et al. 2019), then a linear layer: the reference's 224 track.
   */
  GEM_LINEAR("gem_linear"),
  /** Global average and global maximum added, then a linear layer: the 224 track without GeM. */
  AVERAGE_MAX_LINEAR("average_max_linear"),
  /**
   * The maps of all four stages, each averaged over a grid of half its resolution, but at least 4
   * and at most 8 cells a side, then a linear layer over every cell: keeps where things are and
   * what they look like up close, which pays for small pictures of centred objects (the
   * "hypercolumns" of Hariharan et al., CVPR 2015, for a whole picture).
   */
  PYRAMID_LINEAR("pyramid_linear");

  private static final int COARSEST_GRID = 4;
  private static final int FINEST_GRID = 8;

  private final String key;

  Head(String key) {
    this.key = key;
  }

  /** Cells a side of the grid that {@link #PYRAMID_LINEAR} averages a map of some size over. */
  static int gridSize(int mapSize) {
    return Math.min(mapSize, Math.max(COARSEST_GRID, Math.min(FINEST_GRID, mapSize / 2)));
  }

  /**
   * Whether it is of the 224 track, which starts its linear layer and measures length otherwise.
   */
  boolean isOf224Track() {
    return this == GEM_LINEAR || this == AVERAGE_MAX_LINEAR;
  }

  /** The name in experiment files and in checkpoints. */
  public String key() {
    return key;
  }

  /** The head called {@code key}. */
  public static Optional<Head> ofKey(String key) {
    return Arrays.stream(values()).filter(head -> head.key.equals(key)).findFirst();
  }

  /** All names, for messages. */
  public static String keys() {
    return Arrays.stream(values()).map(Head::key).collect(Collectors.joining(", "));
  }
}
