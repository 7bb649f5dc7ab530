package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

  @Test
  void warmUpIsLinearAndReachesTheFullRate() {
    LearningRateSchedule schedule = LearningRateSchedule.warmUpThenCosine(4, 12);
    assertThat(multipliers(schedule, 5)).containsExactly(0.25, 0.5, 0.75, 1, 1);
  }

  @Test
  void cosineFallsToZero() {
    LearningRateSchedule schedule = LearningRateSchedule.warmUpThenCosine(4, 12);
    assertThat(schedule.multiplier(8)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.multiplier(11)).isCloseTo((1 - Math.cos(Math.PI / 8)) / 2, within(1e-15));
    assertThat(schedule.multiplier(12)).isZero();
    assertThat(schedule.multiplier(13)).isZero();
  }

  @Test
  void warmUpCanBeAbsentOrEverything() {
    assertThat(LearningRateSchedule.warmUpThenCosine(0, 10).multiplier(0)).isEqualTo(1);
    assertThat(multipliers(LearningRateSchedule.warmUpThenCosine(2, 2), 3))
        .containsExactly(0.5, 1, 0);
  }

  @Test
  void aWarmUpLongerThanTheTrainingIsRefused() {
    assertThatThrownBy(() -> LearningRateSchedule.warmUpThenCosine(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A warm-up of 3 of 2 steps");
  }

  @Test
  void multiStepChangesAtTheFirstStepOfAnEpoch() {
    LearningRateSchedule schedule = LearningRateSchedule.multiStep(2, List.of(1, 3), 0.5);
    assertThat(multipliers(schedule, 8)).containsExactly(1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25);
  }

  private static double[] multipliers(LearningRateSchedule schedule, int steps) {
    DoubleStream values = LongStream.range(0, steps).mapToDouble(schedule::multiplier);
    return values.toArray();
  }
}
