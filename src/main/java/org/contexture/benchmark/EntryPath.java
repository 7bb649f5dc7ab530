package org.contexture.benchmark;

import java.util.Optional;
import java.util.regex.Pattern;
import org.contexture.file.HiddenPath;

/** Which paths inside an archive or below a folder are safe to use as names, and meant. */
final class EntryPath {
  private static final char UNREADABLE = '\ufffd';
  private static final Pattern ROOT = Pattern.compile("/|[A-Za-z]:");
  private static final Pattern NO_PART_OF_A_PATH = Pattern.compile("[\\\\\\x00-\\x1f]");
  private static final Pattern STEP_UP = Pattern.compile("(^|/)\\.\\.(/|\\z)");

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
    if (ROOT.matcher(path).lookingAt()) {
      return Optional.of("its path is absolute");
    }
    if (path.indexOf(UNREADABLE) >= 0) {
      return Optional.of("its path has bytes that are no text in the encoding it is read in");
    }
    if (NO_PART_OF_A_PATH.matcher(path).find()) {
      return Optional.of("its path has characters that no path should have");
    }
    if (STEP_UP.matcher(path).find()) {
      return Optional.of("its path leaves the archive");
    }
    return Optional.empty();
  }
}
