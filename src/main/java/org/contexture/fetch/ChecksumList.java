package org.contexture.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.failure.Failure;

/** SHA-256 of files by their names, as the program {@code sha256sum} writes them. */
public final class ChecksumList {
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:.*/)?([^/]+)");

  private final Map<String, Checksum> byName;

  private ChecksumList(Map<String, Checksum> byName) {
    this.byName = byName;
  }

  /** A list of nothing. */
  public static ChecksumList none() {
    return new ChecksumList(Map.of());
  }

  /**
   * Reads a list.
   *
   * @throws Failure if it cannot be read, or a line of it is something else
   */
  public static ChecksumList read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw Failure.usage("There is no file %s.", file).causedBy(missing);
    } catch (IOException unreadable) {
      throw Failure.data("%s cannot be read as text: %s.", file, unreadable).causedBy(unreadable);
    }
    Map<String, Checksum> byName = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher parts = LINE.matcher(lines.get(i));
      if (!parts.matches()) {
        throw Failure.data(
            "%s:%d: '%s' is not what sha256sum writes: 64 hexadecimal digits, two blanks and a file"
                + " name.",
            file, i + 1, lines.get(i));
      }
      Checksum checksum = Checksum.sha256(parts.group(1));
      Checksum before = byName.put(parts.group(2), checksum);
      if (before != null && !before.equals(checksum)) {
        throw Failure.data(
            "%s:%d: %s is there a second time, with another SHA-256.", file, i + 1, parts.group(2));
      }
    }
    return new ChecksumList(byName);
  }

  /** The checksum of a file, if it is listed. */
  public Optional<Checksum> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
