package org.contexture.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** The published first outputs of SplitMix64 from the state 0. */
  @Test
  void isSplitMix64() {
    RandomStream random = RandomStream.of();

    assertThat(random.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(random.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(random.nextLong()).isEqualTo(0x06C45D188009454FL);
  }

  @Test
  void differsByTheOrderOfItsNumbers() {
    assertThat(RandomStream.of(1, 2).nextLong()).isNotEqualTo(RandomStream.of(2, 1).nextLong());
    assertThat(RandomStream.of(0, 3).nextLong()).isNotEqualTo(RandomStream.of(3, 0).nextLong());
  }

  @Test
  void drawsEveryNumberBelowABoundAboutEquallyOften() {
    RandomStream random = RandomStream.of(42);
    int[] counts = new int[7];

    for (int draw = 0; draw < 70_000; draw++) {
      counts[random.nextInt(7)]++;
    }

    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  @Test
  void drawsFractionsFromZeroToBelowOne() {
    RandomStream random = RandomStream.of(42);
    double sum = 0;

    for (int draw = 0; draw < 100_000; draw++) {
      double fraction = random.nextDouble();
      assertThat(fraction).isBetween(0.0, Math.nextDown(1.0));
      sum += fraction;
    }

    assertThat(sum / 100_000).isBetween(0.495, 0.505);
  }

  /** The formula of Box and Muller, from the fractions of a stream with the same numbers. */
  @Test
  void drawsNormalNumbersAsWrittenDownHere() {
    RandomStream fractions = RandomStream.of(42);
    RandomStream random = RandomStream.of(42);

    for (int pair = 0; pair < 100; pair++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fractions.nextDouble()));
      double angle = 2 * Math.PI * fractions.nextDouble();
      assertThat(random.nextGaussian()).isEqualTo(radius * StrictMath.cos(angle));
      assertThat(random.nextGaussian()).isEqualTo(radius * StrictMath.sin(angle));
    }
  }

  @Test
  void refusesABoundThatLeavesNothing() {
    assertThatThrownBy(() -> RandomStream.of(1).nextInt(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a bound of 0");
  }
}
