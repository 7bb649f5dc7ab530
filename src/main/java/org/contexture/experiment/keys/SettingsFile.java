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
import org.contexture.failure.Failure;

/** Reads a settings file by its declaration. */
public final class SettingsFile {
  /** A settings file is a page or two; this is a hundred times that. */
  private static final int LARGEST = 256 * 1024;

  private SettingsFile() {}

  /**
   * The settings that a file and the overrides of the command line make.
   *
   * @param declaration what the file may say
   * @param file the file; messages name it as given
   * @param overrides what {@code --set} was given, each {@code key.path=value}; the last of equal
   *     keys wins
   * @throws Failure a usage failure that lists every problem with its place
   */
  public static <T> Reading<T> read(Section<T> declaration, Path file, List<String> overrides) {
    return read(declaration, file, Origin.FILE, overrides);
  }

  /**
   * The settings of a file whose fragments are to be laid over another file, as newer than that.
   *
   * @throws Failure a usage failure that lists every problem with its place
   */
  public static <T> Reading<T> readOver(Section<T> declaration, Path file) {
    return read(declaration, file, Origin.FILE_OVER, List.of());
  }

  /**
   * The settings of a text that is in no file.
   *
   * @param name what messages call it
   * @throws Failure a usage failure that lists every problem with its place
   */
  public static <T> Reading<T> readText(Section<T> declaration, String name, String text) {
    Report report = new Report(declaration);
    Optional<Given> given = new YamlReader(name, Origin.FILE, report).read(text);
    if (given.isEmpty()) {
      throw report.failure().orElseThrow();
    }
    return read(declaration, given.get(), List.of(), report);
  }

  /**
   * The settings that overrides alone make.
   *
   * @throws Failure a usage failure that lists every problem
   */
  public static <T> Reading<T> readNone(Section<T> declaration, List<String> overrides) {
    Given nothing = Given.Fields.none(new Origin(Origin.FILE, 1, 1, ""));
    return read(declaration, nothing, overrides, new Report(declaration));
  }

  private static <T> Reading<T> read(
      Section<T> declaration, Path file, int layer, List<String> overrides) {
    Report report = new Report(declaration);
    Optional<Given> given = given(file, layer, report);
    if (given.isEmpty()) {
      throw report.failure().orElseThrow();
    }
    return read(declaration, given.get(), overrides, report);
  }

  private static <T> Reading<T> read(
      Section<T> declaration, Given given, List<String> overrides, Report report) {
    Given layered = Overrides.over(given, overrides, report);
    Optional<T> settings = declaration.read(layered, "", report);
    Optional<Failure> failure = report.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new Reading<>(settings.orElseThrow(), report.notes(), report.effective());
  }

  /** What a file says; nothing after saying to {@code report} why it cannot be read. */
  static Optional<Given> given(Path file, int layer, Report report) {
    return text(file, layer, report)
        .flatMap(text -> new YamlReader(file.toString(), layer, report).read(text));
  }

  private static Optional<String> text(Path file, int layer, Report report) {
    Origin whole = new Origin(layer, 1, 1, file.toString());
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException missing) {
      report.problem(whole, "", "does not exist" + neighbour(file));
      return Optional.empty();
    } catch (IOException unreadable) {
      report.problem(whole, "", "cannot be read: " + reason(file, unreadable));
      return Optional.empty();
    }
    if (bytes.length > LARGEST) {
      report.problem(whole, "", "is larger than %d bytes".formatted(LARGEST));
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException malformed) {
      report.problem(
          originOf(bytes, buffer.position(), file, layer), "", "has bytes that are not UTF-8 text");
      return Optional.empty();
    }
  }

  private static Origin originOf(byte[] bytes, int position, Path file, int layer) {
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

  private static String reason(Path file, IOException unreadable) {
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
  private static String neighbour(Path file) {
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
