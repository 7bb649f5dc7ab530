package org.contexture.file;

import java.util.Set;

/**
 * Paths of files that are the system's and not the user's: some name of theirs begins with a dot,
 * or is that of the folder in which macOS keeps what zip cannot.
 */
public final class HiddenPath {
  private static final Set<String> STEPS = Set.of(".", "..");
  private static final String MAC_RESOURCES = "__MACOSX";

  private HiddenPath() {}

  /** Whether a path, separated by '/', is one. */
  public static boolean is(String path) {
    for (String name : path.split("/", -1)) {
      if (name.equals(MAC_RESOURCES) || (name.startsWith(".") && !STEPS.contains(name))) {
        return true;
      }
    }
    return false;
  }
}
