package org.contexture.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that is being written. Under its name there is what was there before until it is finished;
 * closed without that, it leaves nothing behind. Whoever opens it closes it.
 */
public final class WholeFile implements Closeable {
  private final Path file;
  private final Path unfinished;
  private final OutputStream out;

  private WholeFile(Path file, Path unfinished, OutputStream out) {
    this.file = file;
    this.unfinished = unfinished;
    this.out = out;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Starts a file, in a directory that is made where it is missing. */
  public static WholeFile open(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    // Not a temporary file of Java's, which nobody but its owner may read.
    Path unfinished =
        absolute.resolveSibling("%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    return new WholeFile(
        absolute, unfinished, new BufferedOutputStream(Files.newOutputStream(unfinished)));
  }

  /** Writes a file at once. */
  public static void write(Path file, Content content) throws IOException {
    try (WholeFile whole = open(file)) {
      content.write(whole.content());
      whole.finish();
    }
  }

  /** Where its content goes. */
  public OutputStream content() {
    return out;
  }

  /** Puts the file in its place, all at once. */
  public void finish() throws IOException {
    out.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
