package org.contexture.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.file.WholeFile;

/**
 * SHA-256 of files, remembered by path, size and time of modification, so that an unchanged archive
 * is read once and not at every run. The memory is a text file: one line a file, {@code SHA-256
 * SIZE NANOSECONDS PATH}; a lost or damaged one only costs time.
 */
public final class FileDigests {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) ([0-9]{1,18}) (-?(?:[0-9]{1,18}|[1-8][0-9]{18})) (.+)");

  private final Path memory;
  private final SortedMap<String, Known> known = new TreeMap<>();
  private boolean changed;

  private record Known(String sha256, long size, long modified) {}

  /**
   * Digests with a memory.
   *
   * @param memory the text file; made when there is something to remember
   */
  public FileDigests(Path memory) {
    this.memory = memory;
    try {
      for (String line : Files.readAllLines(memory)) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
          known.put(
              parts.group(4),
              new Known(
                  parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
        }
      }
    } catch (IOException unusable) {
      known.clear();
    }
  }

  /** The digest of a file, in hexadecimal. */
  public String sha256(Path file) throws IOException {
    long size;
    long modified;
    try {
      size = Files.size(file);
      modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    } catch (NoSuchFileException missing) {
      throw Failure.data("There is no file %s.", file).causedBy(missing);
    }
    String key = file.toAbsolutePath().normalize().toString();
    Known before = known.get(key);
    if (before != null && before.size() == size && before.modified() == modified) {
      return before.sha256();
    }
    String digest = compute(file);
    known.put(key, new Known(digest, size, modified));
    changed = true;
    return digest;
  }

  /** Writes down what is new; a store that cannot be written to goes without. */
  public void save() {
    if (!changed || !Files.isDirectory(memory.getParent())) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    known.forEach(
        (path, entry) ->
            lines.append(
                entry.sha256() + " " + entry.size() + " " + entry.modified() + " " + path + "\n"));
    try {
      WholeFile.write(memory, out -> out.write(lines.toString().getBytes(UTF_8)));
      changed = false;
    } catch (IOException goesWithout) {
      return;
    }
  }

  private static String compute(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestUtils.sha256Hex(in);
    }
  }
}
