package org.contexture.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.pipeline.remote.LocalCache;

/**
 * What nobody needs any more among the copies that this machine has of a store: what tasks worked
 * in, since the client that completes a dataset clears its own machine only, and what a process
 * that died was fetching or checking.
 *
 * @param directory holds the copies; it need not exist
 */
record CacheRemains(Path directory, Instant now) {
  /** What the name of a directory begins with that a dataset is checked in. */
  static final String CHECKED = "checked-";

  /** Longer than the fetching, or the check, of one file takes. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int DEPTH_OF_STAGINGS = 2;

  /** Where tasks worked, but not lately; whether the store still needs it is not known. */
  List<Path> stagings() {
    return below(directory, DEPTH_OF_STAGINGS).keySet().stream()
        .filter(path -> name(path).endsWith(Store.STAGING))
        .filter(path -> isOlder(path, Lease.DURATION))
        .toList();
  }

  /** Files and directories that no living process is about to finish. */
  List<Path> unfinished() {
    return below(directory, Integer.MAX_VALUE).keySet().stream()
        .filter(
            path ->
                (path.getParent().equals(directory) && name(path).startsWith(CHECKED))
                    || name(path).contains(LocalCache.FETCHED)
                    || name(path).contains(LocalStaging.TEMPORARY))
        .filter(path -> isOlder(path, LONGEST))
        .toList();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Whether all that is in it was written longer ago than this. */
  private boolean isOlder(Path path, Duration age) {
    return below(path, Integer.MAX_VALUE).values().stream()
        .noneMatch(modified -> modified.plus(age).isAfter(now));
  }

  /** A path and all that is in it, with when it was written; what goes meanwhile is left out. */
  private static SortedMap<Path, Instant> below(Path top, int depth) {
    SortedMap<Path, Instant> found = new TreeMap<>();
    try {
      Files.walkFileTree(
          top,
          Set.of(),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              found.put(path, attributes.lastModifiedTime().toInstant());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
      return found;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
