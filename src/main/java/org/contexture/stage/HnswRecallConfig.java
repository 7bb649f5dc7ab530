package org.contexture.stage;

import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * How {@link HnswRecallStage} asks an index.
 *
 * @param efSearch how many candidates a search looks for in each segment
 * @param depth how many nearest neighbours of a query count
 * @param queries how many queries there are at most
 * @param seed of their choice
 */
public record HnswRecallConfig(int efSearch, int depth, int queries, long seed)
    implements StageConfig {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("ef_search", efSearch)
        .put("depth", depth)
        .put("queries", queries)
        .put("seed", seed)
        .build();
  }
}
