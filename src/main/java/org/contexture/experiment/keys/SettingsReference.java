package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a declaration as Markdown: a table of the keys at the top and one for each section, with
 * the keys of sections below it by their dotted names. A section that differs from an earlier one
 * only in defaults is written as those.
 */
public final class SettingsReference {
  private final StringBuilder text = new StringBuilder();
  private final List<Table> tables = new ArrayList<>();

  private SettingsReference() {}

  /** The reference of a declaration. */
  public static String of(Section<?> declaration) {
    SettingsReference reference = new SettingsReference();
    List<Row> top = new ArrayList<>();
    declaration.base().ifPresent(key -> top.addAll(rows("", key, "")));
    for (Key<?> key : declaration.keys()) {
      if (!key.isSection()) {
        top.addAll(rows("", key, ""));
      }
    }
    reference.append(new Table("Top level", "", top));
    for (Key<?> key : declaration.keys()) {
      if (key.type() instanceof Section<?> section) {
        reference.append(new Table(key.name(), key.description(), rows("", section, "")));
      }
    }
    return reference.text.toString();
  }

  private record Table(String title, String introduction, List<Row> rows) {
    boolean differsOnlyInDefaults(Table other) {
      return withoutDefaults().equals(other.withoutDefaults());
    }

    private List<Row> withoutDefaults() {
      return rows.stream().map(row -> new Row(row.name(), row.allowed(), "", row.text())).toList();
    }
  }

  private record Row(String name, String allowed, String fallback, String text) {}

  private void append(Table table) {
    text.append("\n### ").append(table.title()).append("\n\n").append(table.introduction());
    Optional<Table> alike = tables.stream().filter(table::differsOnlyInDefaults).findFirst();
    if (alike.isPresent()) {
      appendDifferences(table, alike.get());
    } else {
      tables.add(table);
      text.append(table.introduction().isEmpty() ? "" : "\n\n");
      text.append("| key | value | default | what it is |\n|---|---|---|---|\n");
      for (Row row : table.rows()) {
        text.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(row.name(), row.allowed(), row.fallback(), row.text()));
      }
    }
  }

  private void appendDifferences(Table table, Table alike) {
    text.append(
        " The same keys as [%s](#%s), with these defaults instead:\n\n| key | default |\n|---|---|\n"
            .formatted(alike.title(), alike.title()));
    for (int i = 0; i < table.rows().size(); i++) {
      Row row = table.rows().get(i);
      if (!row.equals(alike.rows().get(i))) {
        text.append("| `%s` | %s |\n".formatted(row.name(), row.fallback()));
      }
    }
  }

  private static List<Row> rows(String prefix, Section<?> section, String condition) {
    List<Row> rows = new ArrayList<>();
    section.always().forEach(key -> rows.addAll(rows(prefix, key, condition)));
    section.variants().ifPresent(variants -> rows.addAll(governed(prefix, variants)));
    return rows;
  }

  private static <E> List<Row> governed(String prefix, Variants<E> variants) {
    List<Row> rows = new ArrayList<>();
    String governor = variants.governor().pathIn(prefix);
    variants
        .keys()
        .forEach(
            (value, keys) -> {
              String condition = "For `%s: %s`. ".formatted(governor, variants.written(value));
              keys.forEach(key -> rows.addAll(rows(prefix, key, condition)));
            });
    return rows;
  }

  private static List<Row> rows(String prefix, Key<?> key, String condition) {
    String name = key.pathIn(prefix);
    if (key.type() instanceof Section<?> section) {
      return rows(name, section, condition);
    }
    String fallback = key.writtenFallback().map(value -> "`" + value + "`").orElse("required");
    return List.of(
        new Row(
            name, escaped(key.type().allowed()), fallback, condition + escaped(key.description())));
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
