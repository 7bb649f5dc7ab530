package org.contexture.experiment.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** A whole number between two others. */
final class WholeType<N extends Number> extends Type<N> {
  private final long minimum;
  private final long maximum;
  private final LongFunction<N> boxed;

  private WholeType(long minimum, long maximum, LongFunction<N> boxed) {
    this.minimum = minimum;
    this.maximum = maximum;
    this.boxed = boxed;
  }

  static WholeType<Integer> ofInt(int minimum, int maximum) {
    return new WholeType<>(minimum, maximum, Math::toIntExact);
  }

  static WholeType<Long> ofLong(long minimum, long maximum) {
    return new WholeType<>(minimum, maximum, Long::valueOf);
  }

  @Override
  Optional<N> read(Given given, String path, Report report) {
    if (given instanceof Given.Word word && word.scalar() != CoreScalar.TEXT) {
      OptionalLong number = CoreScalar.whole(word.text());
      if (number.isPresent() && number.getAsLong() >= minimum && number.getAsLong() <= maximum) {
        return Optional.of(boxed.apply(number.getAsLong()));
      }
    }
    report.refused(given, path, this);
    return Optional.empty();
  }

  @Override
  String allowed() {
    return "a whole number from %d to %d".formatted(minimum, maximum);
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", minimum);
    schema.put("maximum", maximum);
    return schema;
  }

  @Override
  Object plain(N value) {
    return value;
  }
}
