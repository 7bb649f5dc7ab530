package org.contexture.experiment.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreScalarTest {
  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "~, EMPTY",
    "null, EMPTY",
    "true, TRUTH",
    "FALSE, TRUTH",
    "yes, TEXT",
    "12, WHOLE",
    "-7, WHOLE",
    "+7, WHOLE",
    "0o17, WHOLE",
    "0x1F, WHOLE",
    "017, WHOLE",
    "1_000, TEXT",
    "1e-3, NUMBER",
    ".5, NUMBER",
    "1., NUMBER",
    "-.inf, NUMBER",
    ".NaN, NUMBER",
    "NaN, TEXT",
    "1.2.3, TEXT",
    "., TEXT",
    "0b1, TEXT",
    "12:30, TEXT"
  })
  void wordsAreWhatTheCoreSchemaSays(String word, CoreScalar kind) {
    assertThat(CoreScalar.of(word)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "-7, -7", "017, 17", "0o17, 15", "0x1F, 31", "64.0, 64", "1e3, 1000"})
  void wholeNumbersMayBeWrittenInSeveralWays(String word, long number) {
    assertThat(CoreScalar.whole(word)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.5", "1e300", "9223372036854775808", "0xFFFFFFFFFFFFFFFFF", ".inf", "x"})
  void otherWordsAreNoWholeNumbers(String word) {
    assertThat(CoreScalar.whole(word)).isEmpty();
  }

  @Test
  void numbersAreFiniteAndZeroHasNoSign() {
    assertThat(CoreScalar.number("1e-3")).hasValue(0.001);
    assertThat(CoreScalar.number("0x10")).hasValue(16);
    assertThat(CoreScalar.number("1e999")).isEmpty();
    assertThat(CoreScalar.number(".nan")).isEmpty();
    assertThat(Double.doubleToRawLongBits(CoreScalar.number("-0").getAsDouble())).isZero();
  }
}
