package org.contexture.embedding;

import java.io.EOFException;

/**
 * What keeps a file from being read.
 *
 * @param reason as a library threw it, perhaps around what it was thrown for
 */
record Damage(Exception reason) {

  /** What a person is told, as a part of a sentence. */
  String words() {
    Throwable first = reason;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first instanceof EOFException
        ? "it ends too early"
        : String.valueOf(first.getMessage()).replaceFirst("[.!]$", "");
  }
}
