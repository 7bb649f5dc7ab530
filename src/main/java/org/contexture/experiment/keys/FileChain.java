package org.contexture.experiment.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A settings file and the files that it extends, each laid over the one that it names. What a file
 * extends is older than the file, so that messages and choices go by the newest.
 */
final class FileChain {
  /** Files in a chain; more than anyone can follow. */
  static final int LONGEST = 10;

  private final Section<?> declaration;
  private final Report report;

  /** A chain of files that say what {@code declaration} allows. */
  FileChain(Section<?> declaration, Report report) {
    this.declaration = declaration;
    this.report = report;
  }

  /**
   * What a file says over all that it extends; nothing after saying to the report why it cannot be
   * read.
   *
   * @param layer of the file itself, as in {@link Origin}
   */
  Optional<Given> read(Path file, int layer) {
    return read(file, layer, FileMention.byCommand(file, layer));
  }

  /** The same for a file that somebody else asks for. */
  Optional<Given> read(Path file, int layer, FileMention mention) {
    return read(file, layer, mention, List.of());
  }

  private Optional<Given> read(Path file, int layer, FileMention mention, List<Path> newer) {
    Optional<Given> own =
        new FileText(file, mention, layer)
            .read(report)
            .flatMap(text -> new YamlReader(file.toString(), layer, report).read(text));
    if (own.isPresent()
        && own.get() instanceof Given.Fields fields
        && declaration.base().isPresent()) {
      List<Path> chain = new ArrayList<>(newer);
      chain.add(file);
      return overBase(fields, declaration.base().get(), chain, layer);
    }
    return own;
  }

  private Optional<Given> overBase(
      Given.Fields fields, Key<Optional<Path>> key, List<Path> chain, int layer) {
    Given.Field field = fields.fields().get(key.name());
    if (field == null) {
      return Optional.of(fields);
    }
    Given.Fields own = fields.without(key.name());
    Optional<Optional<Path>> named = key.type().read(field.value(), key.name(), report);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    if (named.get().isEmpty()) {
      return Optional.of(own);
    }
    Path base = chain.get(chain.size() - 1).resolveSibling(named.get().get()).normalize();
    FileMention mention = FileMention.byKey(base, key.name(), field.value().origin());
    if (chain.stream().anyMatch(file -> isSame(file, base))) {
      mention.problem("is this file or extends it; a file cannot extend itself", report);
      return Optional.empty();
    }
    if (chain.size() == LONGEST) {
      mention.problem("is one too many; allowed: a chain of %d files".formatted(LONGEST), report);
      return Optional.empty();
    }
    return read(base, layer - 1, mention, chain).map(older -> laid(own, older));
  }

  /** As a whole the settings are those of the newer file: that is where what is missing belongs. */
  private static Given laid(Given.Fields newer, Given older) {
    return older.overriddenBy(newer) instanceof Given.Fields both
        ? new Given.Fields(both.fields(), newer.origin())
        : older;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.toRealPath().equals(other.toRealPath());
    } catch (IOException missing) {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }
}
