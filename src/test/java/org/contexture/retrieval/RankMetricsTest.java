package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankMetricsTest {
  @Test
  void recallAtKAsksForOneHitAmongTheFirstK() {
    RankedRelevance relevance = RankedRelevance.of(Ranked.list(3, 5, 3, 4));

    assertThat(new RecallAtK(2).value(relevance)).isEqualTo(0);
    assertThat(new RecallAtK(3).value(relevance)).isEqualTo(1);
    assertThat(new RecallAtK(5).value(relevance)).isEqualTo(1);
    assertThat(new RecallAtK(5).name()).isEqualTo("recall@5");
  }

  @Test
  void averagePrecisionAtRSumsPrecisionsAtHitsUpToR() {
    RankedRelevance relevance = RankedRelevance.of(Ranked.list(4, 6, 1, 3, 5));

    assertThat(new AveragePrecisionAtR().value(relevance))
        .isCloseTo((1.0 + 2.0 / 3) / 4, within(1e-15));
  }

  @Test
  void rPrecisionIsTheShareOfHitsAmongTheFirstR() {
    RankedRelevance relevance = RankedRelevance.of(Ranked.list(4, 6, 1, 3, 5));

    assertThat(new RPrecision().value(relevance)).isEqualTo(0.5);
  }

  @Test
  void refuseAListThatIsTooShort() {
    RankedRelevance relevance = RankedRelevance.of(Ranked.list(4, 3, 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AveragePrecisionAtR().value(relevance))
        .withMessage(
            "the list of query 77 holds 3 neighbours, among them 1 of 4 relevant images, where 4"
                + " neighbours are needed: search deeper");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RPrecision().value(relevance))
        .withMessageContaining("4 neighbours are needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecallAtK(10).value(relevance))
        .withMessageContaining("10 neighbours are needed");
  }

  @Test
  void acceptAShortListThatHoldsAllThereIsToFind() {
    RankedRelevance relevance = RankedRelevance.of(Ranked.list(2, 3, 1, 3));

    assertThat(new RecallAtK(1000).value(relevance)).isEqualTo(1);
    assertThat(new AveragePrecisionAtR().value(relevance)).isEqualTo(0.5);
  }

  @Test
  void refuseMoreHitsThanTheGalleryHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankedRelevance.of(Ranked.list(1, 3, 1, 2)))
        .withMessageContaining("hold more than the 1 relevant images");
  }

  @Test
  void refuseAKBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecallAtK(0))
        .withMessageContaining("at least 1, not 0");
  }
}
