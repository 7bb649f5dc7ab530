package org.contexture.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Watches a store for work that is done twice, from outside and without asking those who do it: a
 * shard is written to a file of its own at each attempt, and all but the last are thrown away; and
 * a task that says it has done less than before has begun again. Both are lower bounds: files are
 * looked at ten times a second, and tasks speak twice a second.
 */
final class RepeatedWork implements AutoCloseable {
  private static final long POLL_MILLISECONDS = 100;
  private static final String TEMPORARY = ".temporary-";
  private static final int DEPTH = 5;

  private final Path store;
  private final PathMatcher attempts;
  private final PathMatcher progress;
  private final Thread watch;

  /** Of each file that is to be, the bytes of each attempt to write it, the first one first. */
  private final Map<String, Map<String, Long>> written = new HashMap<>();

  private final Map<Path, Long> done = new HashMap<>();
  private final SortedMap<String, Long> repeated = new TreeMap<>();

  private RepeatedWork(Path store) {
    this.store = store;
    attempts = matcher("*/*.staging/{data,beside/*}/*.avro" + TEMPORARY + "*");
    progress = matcher("*/*.staging/progress/*.avro");
    watch = new Thread(this::watch, "work done twice");
    watch.setDaemon(true);
  }

  private PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + store + "/" + glob);
  }

  /** Watches from now on. */
  static RepeatedWork in(Path store) throws IOException {
    RepeatedWork work = new RepeatedWork(Files.createDirectories(store));
    work.watch.start();
    return work;
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(POLL_MILLISECONDS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks at everything once. */
  synchronized void look() {
    List<Path> files;
    try (Stream<Path> found =
        Files.find(
            store, DEPTH, (file, attributes) -> attempts.matches(file) || progress.matches(file))) {
      files = found.toList();
    } catch (IOException | UncheckedIOException changing) {
      return;
    }
    files.forEach(this::look);
  }

  private void look(Path file) {
    try {
      if (attempts.matches(file)) {
        String name = file.toString();
        long size = Files.size(file);
        written
            .computeIfAbsent(
                name.substring(0, name.indexOf(TEMPORARY)), target -> new LinkedHashMap<>())
            .merge(name, size, Math::max);
      } else {
        progressed(file, Files.readString(file));
      }
    } catch (IOException gone) {
      return;
    }
  }

  private void progressed(Path file, String text) {
    int end = text.indexOf(' ');
    if (end > 0) {
      long now = Long.parseLong(text.substring(0, end));
      Long before = done.put(file, now);
      if (before != null && before > now) {
        repeated.merge(store.relativize(file).getName(0).toString(), before - now, Long::sum);
      }
    }
  }

  /** Bytes of shards that were written and thrown away. */
  synchronized long bytesThrownAway() {
    long sum = 0;
    for (Map<String, Long> attempts : written.values()) {
      List<Long> sizes = List.copyOf(attempts.values());
      sum += sizes.subList(0, sizes.size() - 1).stream().mapToLong(Long::longValue).sum();
    }
    return sum;
  }

  /** How far tasks fell back, by stage, in what the stage counts. */
  synchronized SortedMap<String, Long> repeated() {
    return new TreeMap<>(repeated);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
