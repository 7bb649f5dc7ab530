package org.contexture.experiment.keys;

import static java.util.stream.Collectors.joining;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a declaration as Markdown: a table of the keys at the top and one for each section, with
 * the keys of sections below it by their dotted names. What several values of a choice have alike
 * is one row. A section that differs from an earlier one only in defaults is written as those.
 */
public final class SettingsReference {
  private final StringBuilder text = new StringBuilder();
  private final List<Table> tables = new ArrayList<>();
  private final String apart;

  private SettingsReference(String apart) {
    this.apart = apart;
  }

  /**
   * A reference in which sections of one name have tables of their own, wherever they are.
   *
   * @param apart the name
   */
  public static SettingsReference withApart(String apart) {
    return new SettingsReference(apart);
  }

  /** The reference of a declaration. */
  public static String of(Section<?> declaration) {
    return withApart("").text(declaration);
  }

  /**
   * Has a section that another document describes, so that alike ones are written by what differs.
   *
   * @param title of its table there
   * @param document the path from this document to that one
   */
  @CanIgnoreReturnValue
  public SettingsReference describedIn(String document, String title, Section<?> section) {
    tables.add(new Table(title, document + anchor(title), "", rows("", section)));
    return this;
  }

  /** The text for a declaration. */
  public String text(Section<?> declaration) {
    List<Row> top = new ArrayList<>();
    declaration.base().ifPresent(key -> top.addAll(rows("", key)));
    for (Key<?> key : declaration.keys()) {
      if (!key.isSection()) {
        top.addAll(rows("", key));
      }
    }
    append(new Table("Top level", "", "", top));
    for (Key<?> key : declaration.keys()) {
      if (key.type() instanceof Section<?> section) {
        append(table(key.name(), key.description(), section));
        for (Key<?> below : section.always()) {
          if (isApart(below)) {
            append(
                table(
                    key.name() + "." + below.name(),
                    below.description(),
                    (Section<?>) below.type()));
          }
        }
      }
    }
    return text.toString();
  }

  private Table table(String title, String introduction, Section<?> section) {
    return new Table(title, anchor(title), introduction, rows("", section));
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String title) {
    return "#" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_ -]", "").replace(' ', '-');
  }

  private boolean isApart(Key<?> key) {
    return key.isSection() && key.name().equals(apart);
  }

  private record Table(String title, String link, String introduction, List<Row> rows) {
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
    text.append(" The same keys as [%s](%s)".formatted(alike.title(), alike.link()));
    List<Row> different = new ArrayList<>(table.rows());
    different.removeAll(alike.rows());
    if (different.isEmpty()) {
      text.append(", with the same defaults.\n");
      return;
    }
    text.append(", with these defaults instead:\n\n| key | default |\n|---|---|\n");
    for (Row row : different) {
      text.append("| `%s` | %s |\n".formatted(row.name(), row.fallback()));
    }
  }

  private List<Row> rows(String prefix, Section<?> section) {
    List<Row> rows = new ArrayList<>();
    section.always().forEach(key -> rows.addAll(rows(prefix, key)));
    section.variants().ifPresent(variants -> rows.addAll(governed(prefix, variants)));
    return rows;
  }

  private <E> List<Row> governed(String prefix, Variants<E> variants) {
    Map<Row, List<String>> values = new LinkedHashMap<>();
    variants
        .keys()
        .forEach(
            (value, keys) ->
                keys.stream()
                    .flatMap(key -> rows(prefix, key).stream())
                    .forEach(
                        row ->
                            values
                                .computeIfAbsent(row, first -> new ArrayList<>())
                                .add(variants.written(value))));
    List<String> all = variants.governor().type().choices();
    String governor = variants.governor().pathIn(prefix);
    List<Row> rows = new ArrayList<>();
    values.forEach(
        (row, those) ->
            rows.add(
                new Row(
                    row.name(),
                    row.allowed(),
                    row.fallback(),
                    condition(governor, those, all) + row.text())));
    return rows;
  }

  /** For which values a row holds, by those for which it does not where these are fewer. */
  private static String condition(String governor, List<String> values, List<String> all) {
    List<String> others = new ArrayList<>(all);
    others.removeAll(values);
    return others.isEmpty() || others.size() >= values.size()
        ? "For `%s` %s. ".formatted(governor, listed(values))
        : "For every `%s` but %s. ".formatted(governor, listed(others));
  }

  private static String listed(List<String> values) {
    int last = values.size() - 1;
    return last == 0
        ? values.get(0)
        : values.stream().limit(last).collect(joining(", ")) + " and " + values.get(last);
  }

  private List<Row> rows(String prefix, Key<?> key) {
    String name = key.pathIn(prefix);
    if (isApart(key)) {
      return List.of(new Row(name, "a section", "below", escaped(key.description())));
    }
    if (key.type() instanceof Section<?> section) {
      return rows(name, section);
    }
    String fallback = key.writtenFallback().map(value -> "`" + value + "`").orElse("required");
    return List.of(
        new Row(name, escaped(key.type().allowed()), fallback, escaped(key.description())));
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
