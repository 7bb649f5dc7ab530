package org.contexture.experiment.keys;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * Several versions of the settings of one file: fragments of a newer file laid over it, or over
 * another one that a fragment says it extends. What is wrong with any version is reported, once,
 * together with all the rest.
 */
public final class SettingsVersions<T> {
  private final Section<T> declaration;
  private final Path newer;
  private final Optional<Given> base;
  private final List<String> overrides;
  private final Report report;
  private final Map<Path, Given> extended = new HashMap<>();

  private SettingsVersions(
      Section<T> declaration,
      Path newer,
      Optional<Given> base,
      List<String> overrides,
      Report report) {
    this.declaration = declaration;
    this.newer = newer;
    this.base = base;
    this.overrides = overrides;
    this.report = report;
  }

  /**
   * Reads the file that fragments are laid over.
   *
   * @param newer the file that the fragments are from; what one extends is relative to it
   * @param file what a fragment is laid over that extends nothing else
   * @param overrides what {@code --set} was given; laid over every version
   * @throws Failure a usage failure when the file cannot be read at all
   */
  public static <T> SettingsVersions<T> of(
      Section<T> declaration, Path newer, Optional<Path> file, List<String> overrides) {
    Report report = new Report(declaration);
    Optional<Given> base = Optional.empty();
    if (file.isPresent()) {
      base =
          Optional.of(
              new FileChain(declaration, report)
                  .read(newer.resolveSibling(file.get()).normalize(), Origin.FILE)
                  .orElseThrow(() -> report.failure().orElseThrow()));
    }
    return new SettingsVersions<>(declaration, newer, base, List.copyOf(overrides), report);
  }

  /** The settings with a fragment over them; nothing when something is wrong with them. */
  public Optional<T> with(Fragment fragment) {
    return with(fragment, report);
  }

  /** The same without a report on what is wrong. */
  public Optional<T> ifValid(Fragment fragment) {
    return with(fragment, new Report(declaration));
  }

  private Optional<T> with(Fragment fragment, Report told) {
    Given given = fragment.given();
    Optional<Given> older = base;
    Optional<Key<Optional<Path>>> key = declaration.base();
    if (key.isPresent() && given instanceof Given.Fields fields) {
      Given.Field named = fields.fields().get(key.get().name());
      if (named != null) {
        older = extended(key.get(), named, told);
        given = fields.without(key.get().name());
      } else if (base.isEmpty()) {
        Origin place = given.newest();
        told.problem(
            place.place().isEmpty() ? new Origin(Origin.FILE_OVER, 1, 1, newer.toString()) : place,
            key.get().name(),
            "is missing; required where no file is named that all is laid over");
      }
    }
    if (older.isEmpty()) {
      return Optional.empty();
    }
    Given layered = Overrides.over(older.get().overriddenBy(given), overrides, told);
    return declaration.read(layered, "", told);
  }

  private Optional<Given> extended(Key<Optional<Path>> key, Given.Field named, Report told) {
    Optional<Optional<Path>> path = key.type().read(named.value(), key.name(), told);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (path.get().isEmpty()) {
      return Optional.of(Given.Fields.none(named.value().origin()));
    }
    Path file = newer.resolveSibling(path.get().get()).normalize();
    Optional<Given> known = Optional.ofNullable(extended.get(file));
    return known.isPresent() ? known : read(file, key, named, told);
  }

  /** Remembers only what nothing is wrong with: the next report is to be told of the rest too. */
  private Optional<Given> read(Path file, Key<Optional<Path>> key, Given.Field named, Report told) {
    int problemsBefore = told.problemCount();
    Optional<Given> read =
        new FileChain(declaration, told)
            .read(file, Origin.FILE, FileMention.byKey(file, key.name(), named.value().origin()));
    if (told.problemCount() == problemsBefore) {
      read.ifPresent(given -> extended.put(file, given));
    }
    return read;
  }

  /** Reports what is wrong with a fragment, which stands at {@code path} in the newer file. */
  public void refuse(Fragment fragment, String path, String message) {
    report.problem(fragment.given().origin(), path, message);
  }

  /** Reports what is wrong with giving a key to {@code --set}, wherever it was given. */
  public void refuseOverride(String key, String message) {
    for (int i = 0; i < overrides.size(); i++) {
      if (overrides.get(i).startsWith(key + "=")) {
        report.problem(Origin.onCommandLine(overrides.get(i), i + 1), key, message);
      }
    }
  }

  /**
   * Makes sure that nothing was wrong with any version.
   *
   * @throws Failure a usage failure that lists every problem with its place
   */
  public void requireNoProblems() {
    Optional<Failure> failure = report.failure();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
