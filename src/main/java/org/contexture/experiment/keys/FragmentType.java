package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of another declaration, which is asked later what they mean. */
final class FragmentType extends Type<Fragment> {
  private final Form form;

  /** What is accepted. */
  enum Form {
    SECTION,
    SINGLE_VALUE
  }

  FragmentType(Form form) {
    this.form = form;
  }

  @Override
  Optional<Fragment> read(Given given, String path, Report report) {
    boolean accepted =
        switch (form) {
          case SECTION -> given instanceof Given.Fields;
          case SINGLE_VALUE ->
              given instanceof Given.Word word && word.scalar() != CoreScalar.EMPTY;
        };
    if (!accepted) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    return Optional.of(new Fragment(given));
  }

  @Override
  String allowed() {
    return switch (form) {
      case SECTION -> "a section of settings as in an experiment file";
      case SINGLE_VALUE -> "a single value";
    };
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (form) {
      case SECTION -> schema.put("type", "object");
      case SINGLE_VALUE -> schema.put("type", List.of("string", "number", "boolean"));
    }
    return schema;
  }

  @Override
  Object plain(Fragment value) {
    return value.isEmpty() ? Map.of() : value.text();
  }
}
