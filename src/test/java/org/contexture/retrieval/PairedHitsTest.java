package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PairedHitsTest {
  private static final int QUERIES = 4000;

  @Test
  void countsWhoHasWhatRight() {
    PairedHits hits = new PairedHits();
    hits.add(1, true, true);
    hits.add(2, true, false);
    hits.add(3, true, false);
    hits.add(4, false, true);
    hits.add(5, false, false);

    assertThat(hits.both()).isEqualTo(1);
    assertThat(hits.onlyFirst()).isEqualTo(2);
    assertThat(hits.onlySecond()).isEqualTo(1);
    assertThat(hits.neither()).isEqualTo(1);
    assertThat(hits.queries()).isEqualTo(5);
    assertThat(hits.difference().value()).isCloseTo(0.2, within(1e-12));
    assertThat(hits.probability()).isEqualTo(McNemar.exact(2, 1));
  }

  @Test
  void theIntervalIsThatOfTheNormalApproximationForPairs() {
    // Of 20 queries 12 are right for both, 3 for the first alone, 1 for the second alone.
    PairedHits hits = new PairedHits();
    for (long query = 0; query < QUERIES; query++) {
      long kind = query % 20;
      hits.add(query, kind < 15, kind < 12 || kind == 15);
    }
    double difference = 0.1;
    double halfWidth = 1.96 * Math.sqrt((0.2 - difference * difference) / QUERIES);

    ShareDifference found = hits.difference();

    assertThat(found.value()).isCloseTo(difference, within(1e-12));
    assertThat(found.value() - found.low()).isCloseTo(halfWidth, Percentage.withPercentage(10));
    assertThat(found.high() - found.value()).isCloseTo(halfWidth, Percentage.withPercentage(10));
  }

  @Test
  void pairsAreSurerThanSharesThatHaveNothingToDoWithEachOther() {
    PairedHits hits = new PairedHits();
    for (long query = 0; query < QUERIES; query++) {
      hits.add(query, query % 2 == 0, query % 2 == 0 && query % 40 != 0);
    }
    ShareDifference paired = hits.difference();
    ShareDifference apart = ShareDifference.independent(2000, QUERIES, 1900, QUERIES);

    assertThat(apart.value()).isCloseTo(paired.value(), within(1e-12));
    assertThat(paired.high() - paired.low()).isLessThan((apart.high() - apart.low()) / 2);
  }

  @Test
  void networksThatAgreeDifferByNothing() {
    PairedHits hits = new PairedHits();
    for (long query = 0; query < 10; query++) {
      hits.add(query, query < 4, query < 4);
    }

    assertThat(hits.difference()).isEqualTo(new ShareDifference(0, 0, 0));
    assertThat(hits.probability()).isEqualTo(1);
  }

  @Test
  void nothingIsNotCompared() {
    assertThatIllegalStateException().isThrownBy(() -> new PairedHits().difference());
  }
}
