package org.contexture.pipeline;

import java.io.IOException;

/** A manifest that cannot be read. The message is a sentence for the user. */
final class DamagedManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedManifestException(String file, String why, Throwable cause) {
    super(
        String.format(
            "%s is damaged: %s. Run the experiment again: it makes the dataset anew; 'contexture"
                + " datasets gc --delete' removes what is there.",
            file, why),
        cause);
  }
}
