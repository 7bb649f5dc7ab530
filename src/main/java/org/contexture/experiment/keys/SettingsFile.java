package org.contexture.experiment.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/** Reads a settings file by its declaration. */
public final class SettingsFile {
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
    Optional<Given> given = new FileChain(declaration, report).read(file, layer);
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

  /**
   * Whether a file, or one that it extends, has all of these keys at its top; their values are not
   * judged.
   *
   * @throws Failure a usage failure if it cannot be read at all
   */
  public static boolean has(Section<?> declaration, Path file, List<String> names) {
    Report report = new Report(declaration);
    Given given =
        new FileChain(declaration, report)
            .read(file, Origin.FILE)
            .orElseThrow(() -> report.failure().orElseThrow());
    return given instanceof Given.Fields fields && fields.fields().keySet().containsAll(names);
  }
}
