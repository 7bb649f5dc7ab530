package org.contexture.experiment;

import org.contexture.image.AugmentationConfig;
import org.contexture.image.Resize;
import org.contexture.model.Precision;
import org.contexture.training.Adam;
import org.contexture.training.TrainingConfig;

/** What the settings of a training stage mean to the trainer. */
final class TrainConfigs {
  private TrainConfigs() {}

  static TrainingConfig of(
      TrainingSettings settings,
      Precision precision,
      Resize seenInTests,
      boolean queriesApart,
      long seed) {
    return TrainingConfig.builder()
        .loss(settings.loss())
        .precision(precision)
        .epochs(settings.epochs())
        .classesPerBatch(settings.classesPerBatch())
        .imagesPerClass(settings.imagesPerClass())
        .data(settings.data())
        .sampler(settings.sampler())
        .headRate(settings.learningRate())
        .backboneRate(settings.learningRate() * settings.backboneRate())
        .lossRate(settings.learningRate() * lossRate(settings))
        .projectorSize(settings.projectorSize())
        .projectorRate(settings.learningRate() * settings.projectorRate())
        .weightDecay(settings.weightDecay())
        .decay(
            switch (settings.optimiser()) {
              case ADAM -> Adam.Decay.IN_GRADIENT;
              case ADAMW -> Adam.Decay.DECOUPLED;
            })
        .longestGradient(settings.longestGradient())
        .warmUpSteps(settings.warmupSteps())
        .schedule(
            switch (settings.schedule()) {
              case CONSTANT -> TrainingConfig.Schedule.CONSTANT;
              case COSINE -> TrainingConfig.Schedule.COSINE;
              case MULTI_STEP, STEP -> TrainingConfig.Schedule.MULTI_STEP;
            })
        .milestones(settings.milestones())
        .batchNorm(settings.batchNorm())
        .frozenEpochs(settings.frozenEpochs())
        .augmentation(augmentation(settings.augmentation()))
        .testResize(seenInTests)
        .averaging(settings.averaging())
        .selection(settings.select())
        .queriesApart(queriesApart)
        .validateEvery(settings.validateEvery())
        .patience(settings.patience())
        .seed(seed)
        .build();
  }

  /** The default where nothing goes by it; settings keep theirs, for the loss of the control. */
  private static double lossRate(TrainingSettings settings) {
    return settings.loss().learns() ? settings.lossRate() : TrainingSettings.DEFAULT_LOSS_RATE;
  }

  private static AugmentationConfig augmentation(AugmentationSettings settings) {
    return AugmentationConfig.builder()
        .scaleMinimum(settings.minScale())
        .ratioMinimum(settings.minAspect())
        .ratioMaximum(settings.maxAspect())
        .flipProbability(settings.flip() ? 0.5 : 0)
        .turnClasses(settings.turnClasses())
        .build();
  }
}
