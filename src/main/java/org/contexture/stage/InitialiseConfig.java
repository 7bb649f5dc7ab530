package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** Which network {@link InitialiseStage} makes, and with which weights. */
@AutoValue
public abstract class InitialiseConfig implements StageConfig {

  /** The architecture. */
  abstract ModelConfig model();

  /** Draws the random weights. */
  abstract long seed();

  /**
   * SHA-256 of the file that the backbone's weights come from, if it is here; the digest of one
   * that is fetched is part of the dataset that it is in.
   */
  abstract Optional<String> weightsSha256();

  public static InitialiseConfig of(ModelConfig model, long seed, Optional<String> weightsSha256) {
    return new AutoValue_InitialiseConfig(model, seed, weightsSha256);
  }

  @Override
  public Settings settings() {
    Settings.Builder settings =
        Settings.builder().put("model", ArchitectureSettings.of(model())).put("seed", seed());
    weightsSha256().ifPresent(digest -> settings.put("weights_sha256", digest));
    return settings.build();
  }
}
