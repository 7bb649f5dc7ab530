package org.contexture.experiment.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a settings file, which is UTF-8 and of a bounded size.
 *
 * @param mention who asked for it
 * @param layer of what it says, as in {@link Origin}
 */
record FileText(Path file, FileMention mention, int layer) {
  /** A settings file is a page or two; this is a hundred times that. */
  private static final int LARGEST = 256 * 1024;

  /** The text; nothing after saying to {@code report} why it cannot be read. */
  Optional<String> read(Report report) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException missing) {
      mention.problem("does not exist" + neighbour(), report);
      return Optional.empty();
    } catch (IOException unreadable) {
      mention.problem("cannot be read: " + reason(unreadable), report);
      return Optional.empty();
    }
    if (bytes.length > LARGEST) {
      mention.problem("is larger than %d bytes".formatted(LARGEST), report);
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException malformed) {
      report.problem(originOf(bytes, buffer.position()), "", "has bytes that are not UTF-8 text");
      return Optional.empty();
    }
  }

  private Origin originOf(byte[] bytes, int position) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    String before = new String(bytes, lineStart, position - lineStart, StandardCharsets.UTF_8);
    return Origin.inFile(
        file.toString(), layer, line, before.codePointCount(0, before.length()) + 1);
  }

  private String reason(IOException unreadable) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    } else if (Files.exists(file) && !Files.isReadable(file)) {
      return "permission is denied";
    }
    return unreadable instanceof FileSystemException ofFile && ofFile.getReason() != null
        ? ofFile.getReason()
        : unreadable.getClass().getSimpleName() + " " + unreadable.getMessage();
  }

  /** The file beside it with nearly the same name, if there is one. */
  private String neighbour() {
    Path parent = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    try (Stream<Path> files = Files.list(parent)) {
      List<String> names =
          files.map(beside -> beside.getFileName().toString()).sorted().limit(1000).toList();
      return Nearest.to(file.getFileName().toString(), names)
          .map(name -> "; did you mean '" + file.resolveSibling(name) + "'?")
          .orElse("");
    } catch (IOException noDirectory) {
      return "";
    }
  }
}
