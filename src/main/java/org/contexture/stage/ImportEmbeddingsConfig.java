package org.contexture.stage;

import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which embeddings {@link ImportEmbeddingsStage} takes in.
 *
 * @param sha256 SHA-256 of the file that has them
 * @param shardRecords how many make a shard
 */
public record ImportEmbeddingsConfig(String sha256, int shardRecords) implements StageConfig {

  @Override
  public Settings settings() {
    return Settings.builder().put("sha256", sha256).put("shard_records", shardRecords).build();
  }
}
