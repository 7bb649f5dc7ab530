package org.contexture.pipeline.remote;

import java.io.IOException;

/** A remote file that could not be reached; another attempt may reach it. */
public final class RemoteFileException extends IOException {
  private static final long serialVersionUID = 1L;

  RemoteFileException(String file, String what, Throwable cause) {
    super("%s cannot %s: %s".formatted(file, what, reason(cause)), cause);
  }

  private static String reason(Throwable failed) {
    Throwable last = failed;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.toString() : last.getMessage();
  }
}
