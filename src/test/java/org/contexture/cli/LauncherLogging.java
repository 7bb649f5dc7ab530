package org.contexture.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** What libraries have to say, as far as users of the launcher hear of it. */
final class LauncherLogging {
  private LauncherLogging() {}

  /** Configures this process as the launcher does. */
  static void begin() throws IOException {
    try (InputStream configuration = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(configuration);
    }
  }
}
