package org.contexture.experiment.keys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values by names that the file chooses, in the order they were written; at least one. */
final class NamedType<T> extends Type<Map<String, T>> {
  private final Pattern form;
  private final String formInWords;
  private final Type<T> item;

  NamedType(Pattern form, String formInWords, Type<T> item) {
    this.form = form;
    this.formInWords = formInWords;
    this.item = item;
  }

  @Override
  Optional<Map<String, T>> read(Given given, String path, Report report) {
    if (!(given instanceof Given.Fields fields) || fields.fields().isEmpty()) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    Map<String, T> values = new LinkedHashMap<>();
    fields
        .fields()
        .forEach(
            (name, field) -> {
              String place = path + "." + Quoted.shortened(name);
              if (form.matcher(name).matches()) {
                item.read(field.value(), place, report).ifPresent(value -> values.put(name, value));
              } else {
                report.problem(
                    field.name(), place, "is not a name; allowed: %s".formatted(formInWords));
              }
            });
    return values.size() == fields.fields().size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  @Override
  String allowed() {
    return "a section that maps names (%s) to %s".formatted(formInWords, item.allowed());
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("propertyNames", Map.of("pattern", "^(" + form.pattern() + ")$"));
    schema.put("additionalProperties", item.schema());
    schema.put("minProperties", 1);
    return schema;
  }

  @Override
  Object plain(Map<String, T> value) {
    Map<String, Object> plain = new LinkedHashMap<>();
    value.forEach((name, item) -> plain.put(name, this.item.plain(item)));
    return plain;
  }
}
