package org.contexture.stage;

import java.io.Serializable;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which classes {@link ClassSizesStage} counts.
 *
 * @param fewest how many images a class needs
 */
record ClassSizesConfig(int fewest) implements StageConfig, Serializable {

  @Override
  public Settings settings() {
    return Settings.builder().put("fewest", fewest).build();
  }
}
