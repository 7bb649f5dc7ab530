package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A finite number within a range. */
final class NumberType extends Type<Double> {
  private final Range range;

  NumberType(Range range) {
    this.range = range;
  }

  @Override
  Optional<Double> read(Given given, String path, Report report) {
    if (given instanceof Given.Word word && word.scalar() != CoreScalar.TEXT) {
      OptionalDouble number = CoreScalar.number(word.text());
      if (number.isPresent() && range.contains(number.getAsDouble())) {
        return Optional.of(number.getAsDouble());
      }
    }
    report.refused(given, path, this);
    return Optional.empty();
  }

  @Override
  String allowed() {
    return "a number " + range.inWords();
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "number");
    schema.putAll(range.schema());
    return schema;
  }

  @Override
  Object plain(Double value) {
    return Range.plain(value);
  }
}
