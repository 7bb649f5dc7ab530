package org.contexture.benchmark;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Which paths inside an archive or below a folder are safe to use as names, and meant. */
final class EntryPath {
  private static final Set<String> STEPS = Set.of(".", "..");
  private static final String MAC_RESOURCES = "__MACOSX";
  private static final char UNREADABLE = '\ufffd';

  private EntryPath() {}

  /**
   * Whether a file is the system's and not the user's: some name of its path begins with a dot, or
   * is that of the folder in which macOS keeps what zip cannot. A path that is refused is not
   * hidden.
   */
  static boolean isHidden(String path) {
    return refusal(path).isEmpty()
        && Arrays.stream(path.split("/", -1))
            .anyMatch(
                name ->
                    name.equals(MAC_RESOURCES) || (name.startsWith(".") && !STEPS.contains(name)));
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
