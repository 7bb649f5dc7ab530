package org.contexture.stage;

import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * How {@link HnswStage} builds its graphs.
 *
 * @param segmentImages how many images have a graph of their own at most
 * @param m how many edges a node has on each level but the lowest, which has twice as many
 * @param efConstruction how many candidates are considered for the edges of a new node
 */
public record HnswConfig(int segmentImages, int m, int efConstruction) implements StageConfig {
  /** The most images of a segment, so that its record stays below 1 MiB. */
  public static final int LARGEST_SEGMENT = 1 << 16;

  public HnswConfig {
    if (segmentImages < 1 || segmentImages > LARGEST_SEGMENT) {
      throw new IllegalArgumentException(
          "a segment has from 1 to %d images, not %d".formatted(LARGEST_SEGMENT, segmentImages));
    }
  }

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("segment_images", segmentImages)
        .put("m", m)
        .put("ef_construction", efConstruction)
        .build();
  }
}
