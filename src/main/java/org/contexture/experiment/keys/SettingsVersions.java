package org.contexture.experiment.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * Several versions of the settings of one file: fragments of a newer file laid over it. What is
 * wrong with any version is reported, once, together with all the rest.
 */
public final class SettingsVersions<T> {
  private final Section<T> declaration;
  private final Given base;
  private final List<String> overrides;
  private final Report report;

  private SettingsVersions(
      Section<T> declaration, Given base, List<String> overrides, Report report) {
    this.declaration = declaration;
    this.base = base;
    this.overrides = overrides;
    this.report = report;
  }

  /**
   * Reads the file.
   *
   * @param overrides what {@code --set} was given; laid over every version
   * @throws Failure a usage failure when it cannot be read at all
   */
  public static <T> SettingsVersions<T> of(
      Section<T> declaration, Path file, List<String> overrides) {
    Report report = new Report(declaration);
    Given base =
        new FileChain(declaration, report)
            .read(file, Origin.FILE)
            .orElseThrow(() -> report.failure().orElseThrow());
    return new SettingsVersions<>(declaration, base, List.copyOf(overrides), report);
  }

  /** The settings with a fragment over them; nothing when something is wrong with them. */
  public Optional<T> with(Fragment fragment) {
    Given layered = Overrides.over(base.overriddenBy(fragment.given()), overrides, report);
    return declaration.read(layered, "", report);
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
