package org.contexture.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Map<Path, Said> said = new HashMap<>();
  private final List<Fall> falls = new ArrayList<>();

  /**
   * What a task says.
   *
   * @param done in what its stage counts
   * @param total all there is to do
   */
  record Said(long done, long total) {}

  /**
   * A task began again.
   *
   * @param dataset that it makes, as {@code STAGE/FINGERPRINT}
   * @param before what it had said to have done
   * @param after what it said next
   * @param total all there is to do
   */
  record Fall(String dataset, long before, long after, long total) {}

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
    String[] words = text.split(" ", 3);
    if (words.length < 3) {
      return;
    }
    Said now = new Said(Long.parseLong(words[0]), Long.parseLong(words[1]));
    Said before = said.put(file, now);
    if (before != null && before.done() > now.done()) {
      falls.add(new Fall(datasetOf(file), before.done(), now.done(), now.total()));
    }
  }

  private String datasetOf(Path file) {
    return store.relativize(file).subpath(0, 2).toString().replace(".staging", "");
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

  /** How tasks fell back, in that order. */
  synchronized List<Fall> falls() {
    return List.copyOf(falls);
  }

  /**
   * What the task said last that has done most.
   *
   * @param datasets how the names of its dataset and of others begin
   */
  synchronized Optional<Said> lastSaid(String datasets) {
    return said.entrySet().stream()
        .filter(file -> datasetOf(file.getKey()).startsWith(datasets))
        .map(Map.Entry::getValue)
        .reduce((first, second) -> first.done() > second.done() ? first : second);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
