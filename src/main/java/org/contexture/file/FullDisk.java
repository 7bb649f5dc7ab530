package org.contexture.file;

import java.io.IOException;

/**
 * A disk that takes no more: it is full, or its user has had all that a quota allows. Java has no
 * exception of its own for it: it is known by the system's words, where those are English.
 */
public final class FullDisk {
  private FullDisk() {}

  /** Whether a failure says so; its causes are not asked. */
  public static boolean is(Throwable failed) {
    String message = String.valueOf(failed.getMessage());
    return failed instanceof IOException
        && (message.contains("No space left on device") || message.contains("Disk quota"));
  }
}
