package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.contexture.image.AugmentationConfig;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.BatchNormMode;
import org.contexture.record.Selection;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {

  private static TrainingConfig config(UnaryOperator<TrainingConfig.Builder> change) {
    return change
        .apply(
            TrainingConfig.builder()
                .loss(LossConfig.of(LossName.HYBRID, Map.of()))
                .epochs(2)
                .classesPerBatch(16)
                .imagesPerClass(4)
                .headRate(1)
                .backboneRate(0.5)
                .lossRate(1)
                .weightDecay(0)
                .warmUpSteps(4)
                .schedule(TrainingConfig.Schedule.CONSTANT)
                .batchNorm(BatchNormMode.TRAINING)
                .augmentation(AugmentationConfig.builder().build())
                .testResize(Resize.shortSide(8))
                .validateEvery(1)
                .seed(0))
        .build();
  }

  @Test
  void aConstantScheduleStaysAfterTheWarmUp() {
    LearningRateSchedule rates = config(builder -> builder).rates(100);
    assertThat(rates.multiplier(0)).isEqualTo(0.25);
    assertThat(rates.multiplier(3)).isEqualTo(1);
    assertThat(rates.multiplier(99)).isEqualTo(1);
  }

  @Test
  void ratesFallAtMilestonesAfterTheWarmUp() {
    LearningRateSchedule rates =
        config(
                builder ->
                    builder
                        .epochs(10)
                        .schedule(TrainingConfig.Schedule.MULTI_STEP)
                        .milestones(new Milestones(List.of(3, 7), 0.5)))
            .rates(100);
    assertThat(rates.multiplier(1)).isEqualTo(0.5);
    assertThat(rates.multiplier(29)).isEqualTo(1);
    assertThat(rates.multiplier(30)).isEqualTo(0.5);
    assertThat(rates.multiplier(70)).isEqualTo(0.25);
  }

  @Test
  void aTrainingShorterThanItsWarmUpIsAllWarmUp() {
    LearningRateSchedule rates =
        config(builder -> builder.schedule(TrainingConfig.Schedule.COSINE)).rates(2);
    assertThat(rates.multiplier(0)).isEqualTo(0.5);
    assertThat(rates.multiplier(1)).isEqualTo(1);
  }

  @Test
  void averagingSoonForgetsTheInitialWeights() {
    TrainingConfig config = config(builder -> builder.averaging(0.99));
    assertThat(config.averagingAt(0)).isEqualTo(0.1);
    assertThat(config.averagingAt(90)).isEqualTo(0.91);
    assertThat(config.averagingAt(10_000)).isEqualTo(0.99);
    assertThat(config(builder -> builder).averaging()).isZero();
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> config(builder -> builder.averaging(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("averaging is 1.0");
    assertThatThrownBy(() -> config(builder -> builder.epochs(0))).hasMessage("epochs is 0");
    assertThatThrownBy(() -> config(builder -> builder.validateEvery(0)))
        .hasMessage("validateEvery is 0");
    assertThatThrownBy(() -> config(builder -> builder.frozenEpochs(-1)))
        .hasMessage("frozenEpochs is -1");
    assertThatThrownBy(() -> config(builder -> builder.patience(-1))).hasMessage("patience is -1");
    assertThatThrownBy(() -> config(builder -> builder.patience(1).selection(Selection.LAST)))
        .hasMessage("patience is 1");
    assertThatThrownBy(() -> config(builder -> builder.warmUpSteps(-1)))
        .hasMessage("warmUpSteps is -1");
  }
}
