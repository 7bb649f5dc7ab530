package org.contexture.stage;

import java.util.Locale;
import org.contexture.image.Resize;
import org.contexture.pipeline.Settings;

/** A rule for resizing as settings. */
final class ResizeSettings {

  private ResizeSettings() {}

  static Settings of(Resize resize) {
    return Settings.builder()
        .put("rule", resize.rule().name().toLowerCase(Locale.ROOT))
        .put("size", resize.size())
        .build();
  }
}
