package org.contexture.benchmark;

import java.util.Arrays;
import java.util.Optional;
import org.contexture.file.HiddenPath;

/** Which paths inside an archive or below a folder are safe to use as names, and meant. */
final class EntryPath {
  private static final char UNREADABLE = '\ufffd';

  private EntryPath() {}

  /** Whether a file is the system's and not the user's. A path that is refused is not hidden. */
  static boolean isHidden(String path) {
    return refusal(path).isEmpty() && HiddenPath.is(path);
  }

  /** Why a path is refused, if it is. */
  static Optional<String> refusal(String path) {
    if (path.isEmpty()) {
      return Optional.of("its path is empty");
    }
    if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
      return Optional.of("its path is absolute");
    }
    if (path.indexOf(UNREADABLE) >= 0) {
      return Optional.of("its path has bytes that are no text in the encoding it is read in");
    }
    if (path.indexOf('\\') >= 0 || path.chars().anyMatch(c -> c < ' ')) {
      return Optional.of("its path has characters that no path should have");
    }
    if (Arrays.asList(path.split("/", -1)).contains("..")) {
      return Optional.of("its path leaves the archive");
    }
    return Optional.empty();
  }
}
