package org.contexture.stage;

import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which network {@link ImportStage} takes in.
 *
 * @param model the architecture
 * @param weightsSha256 SHA-256 of the file that has its weights
 */
public record ImportConfig(ModelConfig model, String weightsSha256) implements StageConfig {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("model", ArchitectureSettings.of(model))
        .put("weights_sha256", weightsSha256)
        .build();
  }
}
