package org.contexture.stage;

import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Settings;

/** An architecture among the settings of a stage. */
final class ArchitectureSettings {
  private ArchitectureSettings() {}

  static Settings of(ModelConfig model) {
    return Settings.builder()
        .put("backbone", model.backbone().key())
        .put("head", model.head().key())
        .put("embedding_size", model.embeddingSize())
        .put("input_size", model.inputSize())
        .build();
  }
}
