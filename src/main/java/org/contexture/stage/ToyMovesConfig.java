package org.contexture.stage;

import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.training.FreeEmbeddingsConfig;

/** How {@link ToyMovesStage} moves its points. */
public record ToyMovesConfig(FreeEmbeddingsConfig moves) implements StageConfig {

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("loss", LossSettings.of(moves.loss()))
        .put("learning_rate", moves.learningRate())
        .put("steps", moves.steps())
        .put("observe_every", moves.observeEvery())
        .put("seed", moves.seed())
        .build();
  }
}
