package org.contexture.stage;

import java.io.Serializable;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.retrieval.rerank.RerankMethod;

/**
 * How {@link RerankStage} puts rankings into another order.
 *
 * @param method by what
 * @param depth how many of the nearest images of a query
 */
public record RerankConfig(RerankMethod method, int depth) implements StageConfig, Serializable {

  /** How many neighbours of every image have to be found first. */
  public int searched() {
    return Math.max(depth, method.neighbourhood());
  }

  @Override
  public Settings settings() {
    Settings.Builder options = Settings.builder().put("name", method.key());
    method
        .options()
        .forEach(
            (key, value) -> {
              if (value instanceof Integer whole) {
                options.put(key, whole.longValue());
              } else {
                options.put(key, value.doubleValue());
              }
            });
    return Settings.builder().put("method", options.build()).put("depth", depth).build();
  }
}
