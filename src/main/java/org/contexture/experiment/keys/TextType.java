package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text of a certain form. */
final class TextType extends Type<String> {
  private final Pattern form;
  private final String formInWords;

  TextType(Pattern form, String formInWords) {
    this.form = form;
    this.formInWords = formInWords;
  }

  @Override
  Optional<String> read(Given given, String path, Report report) {
    if (given instanceof Given.Word word && form.matcher(word.text()).matches()) {
      if (word.isText()) {
        return Optional.of(word.text());
      } else if (word.scalar() != CoreScalar.EMPTY) {
        report.problem(
            given.origin(),
            path,
            "is %s, which YAML takes for something other than text; put it in quotes"
                .formatted(given.described()));
        return Optional.empty();
      }
    }
    report.refused(given, path, this);
    return Optional.empty();
  }

  @Override
  String allowed() {
    return formInWords;
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", "^(" + form.pattern() + ")$");
    return schema;
  }

  @Override
  Object plain(String value) {
    return value;
  }
}
