package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class McNemarTest {

  @Test
  void isTheTwoSidedBinomialProbability() {
    // 2 (1 + 13 + 78 + 286) / 2^13, and 2 (1 + 6) / 2^6, and 2 / 2^5, by hand.
    assertThat(McNemar.exact(3, 10)).isCloseTo(0.09228515625, within(1e-12));
    assertThat(McNemar.exact(5, 1)).isCloseTo(0.21875, within(1e-12));
    assertThat(McNemar.exact(0, 5)).isCloseTo(0.0625, within(1e-12));
  }

  @Test
  void isOneWhereNothingTellsThemApart() {
    assertThat(McNemar.exact(0, 0)).isEqualTo(1);
    assertThat(McNemar.exact(7, 7)).isEqualTo(1);
    assertThat(McNemar.exact(7, 8)).isEqualTo(1);
  }

  @Test
  void doesNotDependOnTheOrder() {
    assertThat(McNemar.exact(31, 52)).isEqualTo(McNemar.exact(52, 31));
  }

  @Test
  void isTheSameAsWithExactIntegers() {
    for (long[] counts : new long[][] {{120, 155}, {480, 533}, {1, 900}}) {
      assertThat(McNemar.exact(counts[0], counts[1]))
          .isCloseTo(withIntegers(counts[0], counts[1]), Percentage.withPercentage(1e-8));
    }
  }

  private static double withIntegers(long fewer, long more) {
    int queries = Math.toIntExact(fewer + more);
    BigInteger term = BigInteger.ONE;
    BigInteger sum = BigInteger.ZERO;
    for (long chosen = 0; chosen <= fewer; chosen++) {
      sum = sum.add(term);
      term =
          term.multiply(BigInteger.valueOf(queries - chosen))
              .divide(BigInteger.valueOf(chosen + 1));
    }
    return new BigDecimal(sum.shiftLeft(1))
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(queries)), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Test
  void staysFiniteOverMillionsOfQueries() {
    assertThat(McNemar.exact(1_000_000, 1_000_200)).isBetween(0.88, 0.89);
    assertThat(McNemar.exact(0, 1_000_000)).isZero();
  }

  @Test
  void refusesFewerThanNoQueries() {
    assertThatIllegalArgumentException().isThrownBy(() -> McNemar.exact(-1, 2));
  }
}
