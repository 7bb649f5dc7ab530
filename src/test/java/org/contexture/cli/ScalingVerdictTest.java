package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalingVerdictTest {
  @Test
  void slotIsIdleOnlyWhereThereIsATaskForIt() {
    assertThat(ScalingVerdict.idleness("shard", 4, 9, 4)).isEmpty();
    assertThat(ScalingVerdict.idleness("index", 4, 1, 1)).isEmpty();
    assertThat(ScalingVerdict.idleness("shard", 4, 9, 3))
        .hasValue("shard has 9 tasks and kept only 3 of 4 slots busy.");
  }

  @Test
  void whatGrowsOrShrinksByMoreThanATenthIsNotConstant() {
    assertThat(ScalingVerdict.constancy("memory", 1000, 1090))
        .isEqualTo("memory is constant within 10 %: it changes by +9 %.");
    assertThat(ScalingVerdict.constancy("memory", 1000, 1110))
        .isEqualTo("memory is not constant within 10 %: it changes by +11 %.");
    assertThat(ScalingVerdict.constancy("time", 1000, 610))
        .isEqualTo("time is not constant within 10 %: it changes by -39 %.");
  }
}
