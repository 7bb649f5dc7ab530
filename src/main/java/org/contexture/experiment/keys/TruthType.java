package org.contexture.experiment.keys;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code true} or {@code false}; the yes and no of YAML 1.1 are refused with what to write. */
final class TruthType extends Type<Boolean> {
  @Override
  Optional<Boolean> read(Given given, String path, Report report) {
    if (given instanceof Given.Word word) {
      if (word.scalar() == CoreScalar.TRUTH) {
        return Optional.of(Boolean.valueOf(word.text()));
      }
      Optional<String> meant = meant(word.text());
      if (meant.isPresent()) {
        report.problem(
            given.origin(),
            path,
            "is %s; allowed: %s; did you mean '%s'?"
                .formatted(given.described(), allowed(), meant.get()));
        return Optional.empty();
      }
    }
    report.refused(given, path, this);
    return Optional.empty();
  }

  private static Optional<String> meant(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes", "y", "on", "true", "1" -> Optional.of("true");
      case "no", "n", "off", "false", "0", "none" -> Optional.of("false");
      default -> Optional.empty();
    };
  }

  @Override
  String allowed() {
    return "true or false";
  }

  @Override
  Map<String, Object> schema() {
    return Map.of("type", "boolean");
  }

  @Override
  Object plain(Boolean value) {
    return value;
  }
}
