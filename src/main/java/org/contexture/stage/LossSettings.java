package org.contexture.stage;

import org.contexture.loss.LossConfig;
import org.contexture.pipeline.Settings;

/** A loss and its options in canonical form. */
final class LossSettings {
  private LossSettings() {}

  static Settings of(LossConfig loss) {
    Settings.Builder settings = Settings.builder().put("name", loss.name().key());
    loss.options().forEach((key, value) -> settings.put(key, value.doubleValue()));
    return settings.build();
  }
}
