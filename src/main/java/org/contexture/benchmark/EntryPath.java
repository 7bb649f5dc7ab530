package org.contexture.benchmark;

import java.util.Arrays;
import java.util.Optional;

/** Which paths inside an archive are safe to use as names. */
final class EntryPath {
  private EntryPath() {}

  /** Why a path is refused, if it is. */
  static Optional<String> refusal(String path) {
    if (path.isEmpty()) {
      return Optional.of("its path is empty");
    }
    if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
      return Optional.of("its path is absolute");
    }
    if (path.indexOf('\\') >= 0 || path.chars().anyMatch(c -> c < ' ' || c == 0xfffd)) {
      return Optional.of("its path has characters that no path should have");
    }
    if (Arrays.asList(path.split("/", -1)).contains("..")) {
      return Optional.of("its path leaves the archive");
    }
    return Optional.empty();
  }
}
