package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.Locale;
import org.contexture.image.AugmentationConfig;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.record.Selection;
import org.contexture.sampling.SamplerConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingConfig;
import org.contexture.training.TrainingDataConfig;

/** How {@link TrainStage} trains, in canonical form. */
@AutoValue
abstract class TrainConfig implements StageConfig {

  abstract TrainingConfig training();

  static TrainConfig of(TrainingConfig training) {
    return new AutoValue_TrainConfig(training);
  }

  @Override
  public Settings settings() {
    Settings.Builder settings = Settings.builder();
    if (training().selection() == Selection.TEST && training().queriesApart()) {
      settings.put("queries_apart", true);
    }
    return settings
        .put("loss", LossSettings.of(training().loss()))
        .put("precision", training().precision().key())
        .put("epochs", training().epochs())
        .put("data", data(training().data()))
        .put("classes_per_batch", training().classesPerBatch())
        .put("images_per_class", training().imagesPerClass())
        .put("sampler", sampler(training().sampler()))
        .put("head_rate", training().headRate())
        .put("backbone_rate", training().backboneRate())
        .put("loss_rate", training().lossRate())
        .put("projector_size", training().projectorSize())
        .put("projector_rate", training().projectorRate())
        .put("weight_decay", training().weightDecay())
        .put("decay", training().decay().name().toLowerCase(Locale.ROOT))
        .put("longest_gradient", training().longestGradient())
        .put("warmup_steps", training().warmUpSteps())
        .put("schedule", training().schedule().name().toLowerCase(Locale.ROOT))
        .put("milestones", milestones(training().milestones()))
        .put("batch_norm", training().batchNorm().name().toLowerCase(Locale.ROOT))
        .put("frozen_epochs", training().frozenEpochs())
        .put("augmentation", augmentation(training().augmentation()))
        .put("test_resize", ResizeSettings.of(training().testResize()))
        .put("averaging", training().averaging())
        .put("selection", training().selection().name().toLowerCase(Locale.ROOT))
        .put("validate_every", training().validateEvery())
        .put("patience", training().patience())
        .put("seed", training().seed())
        .build();
  }

  private static Settings data(TrainingDataConfig data) {
    return Settings.builder()
        .put("label_noise", data.labelNoise())
        .put("noise_within", data.noiseWithin().name().toLowerCase(Locale.ROOT))
        .put("kept_classes", data.keptClasses())
        .put("kept_images", data.keptImages())
        .build();
  }

  private static Settings milestones(Milestones milestones) {
    return Settings.builder()
        .put("epochs", milestones.epochs())
        .put("factor", milestones.factor())
        .build();
  }

  private static Settings sampler(SamplerConfig sampler) {
    Settings.Builder settings = Settings.builder().put("name", sampler.key());
    sampler.options().forEach((key, value) -> settings.put(key, value.longValue()));
    return settings.build();
  }

  private static Settings augmentation(AugmentationConfig augmentation) {
    return Settings.builder()
        .put("scale_minimum", augmentation.scaleMinimum())
        .put("scale_maximum", augmentation.scaleMaximum())
        .put("ratio_minimum", augmentation.ratioMinimum())
        .put("ratio_maximum", augmentation.ratioMaximum())
        .put("flip_probability", augmentation.flipProbability())
        .put("turn_classes", augmentation.turnClasses())
        .build();
  }
}
