package org.contexture.experiment.keys;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path, relative to the working directory unless absolute. Whether anything is there is not asked
 * here. Its form is normalised, so that {@code a/./b} and {@code a/b} are equal settings.
 */
final class PathType extends Type<Path> {
  @Override
  Optional<Path> read(Given given, String path, Report report) {
    if (!(given instanceof Given.Word word) || !word.isText() || word.text().isBlank()) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    if (word.text().equals("~") || word.text().startsWith("~/")) {
      report.problem(
          given.origin(),
          path,
          "is %s, and '~' is not expanded here; write the whole path".formatted(given.described()));
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(word.text()).normalize());
    } catch (InvalidPathException unusable) {
      report.refused(given, path, this);
      return Optional.empty();
    }
  }

  @Override
  String allowed() {
    return "a path";
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("minLength", 1);
    return schema;
  }

  @Override
  Object plain(Path value) {
    return value.toString();
  }
}
