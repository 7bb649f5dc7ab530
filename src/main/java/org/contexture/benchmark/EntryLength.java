package org.contexture.benchmark;

import java.util.Optional;

/** Which lengths of files inside an archive or below a folder are read into memory. */
final class EntryLength {
  private EntryLength() {}

  /** Why a file of so many bytes is refused, if it is. */
  static Optional<String> refusal(long bytes) {
    return bytes > FileSource.MAXIMUM_FILE_BYTES
        ? Optional.of(
            "it is "
                + bytes
                + " bytes long; at most "
                + FileSource.MAXIMUM_FILE_BYTES
                + " are read")
        : Optional.empty();
  }
}
