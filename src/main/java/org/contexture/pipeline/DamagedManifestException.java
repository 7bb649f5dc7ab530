package org.contexture.pipeline;

import java.io.IOException;

/** A manifest that cannot be read. The message is a sentence for the user. */
final class DamagedManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedManifestException(String file, String why, Throwable cause) {
    super(
        "%s is damaged: %s. Remove the directory and run the experiment again."
            .formatted(file, why),
        cause);
  }
}
