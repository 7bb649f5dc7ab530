package org.contexture.experiment;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.sampling.SamplerConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingDataConfig;

/** One stage of training: what is minimised, over which batches, how fast and how long. */
@AutoValue
public abstract class TrainingSettings {
  private static final int LARGEST_BATCH = 16_384;

  /** How the learning rates change after the warm-up. */
  public enum Schedule {
    CONSTANT("constant"),
    /** Down to zero along half a cosine. */
    COSINE("cosine"),
    /** Down by a factor at the beginning of some epochs. */
    MULTI_STEP("multi_step");

    private final String key;

    Schedule(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** How gradients change the weights. */
  public enum Optimiser {
    /** Weight decay is part of the gradient. */
    ADAM("adam"),
    /** Weight decay is apart from the gradient. */
    ADAMW("adamw");

    private final String key;

    Optimiser(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** What batch norm does while training. */
  public enum BatchNorm {
    /** Normalises by the batch, updates its statistics, trains its scale and shift. */
    TRAINING("training"),
    /** Normalises by its statistics and keeps them; trains its scale and shift. */
    FROZEN_STATISTICS("frozen_statistics"),
    /** Nothing of it changes. */
    FROZEN("frozen");

    private final String key;

    BatchNorm(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private static final Key<Integer> EPOCHS =
      Key.whole("epochs", 1, 10_000, "How many epochs to train.");
  private static final Key<Integer> CLASSES_PER_BATCH =
      Key.whole("classes_per_batch", 1, 4096, "How many classes a batch has images of.").or(16);
  private static final Key<Integer> IMAGES_PER_CLASS =
      Key.whole("images_per_class", 1, 4096, "How many images of each class a batch has.").or(4);
  private static final Key<TrainingDataConfig> DATA =
      Key.section(
          "data",
          TrainingDataKeys.SECTION,
          "What is seen of the training images: fewer of them, or some by wrong labels.");
  private static final Key<SamplerConfig> SAMPLER =
      Key.section("sampler", SamplerKeys.SECTION, "How batches are put together.");
  private static final Key<Double> LEARNING_RATE =
      Key.number(
          "learning_rate",
          Range.of(0, 10).aboveMinimum(),
          "Learning rate of the head, after the warm-up.");
  private static final Key<Double> BACKBONE_RATE =
      Key.number(
              "backbone_rate",
              Range.of(0, 100),
              "Learning rate of the backbone, as a multiple of `learning_rate`.")
          .or(0.5);
  private static final Key<Double> LOSS_RATE =
      Key.number(
              "loss_rate",
              Range.of(0, 100_000),
              "Learning rate of what the loss itself learns, such as one vector per class, as a"
                  + " multiple of `learning_rate`.")
          .or(1.0);
  private static final Key<Optimiser> OPTIMISER =
      Key.choice(
              "optimiser",
              List.of(Optimiser.values()),
              Optimiser::key,
              "How gradients change the weights: weight decay as a part of them, or apart.")
          .or(Optimiser.ADAM);
  private static final Key<Double> WEIGHT_DECAY =
      Key.number("weight_decay", Range.of(0, 1), "Weight decay of backbone and head.").or(0.0001);
  private static final Key<Double> LONGEST_GRADIENT =
      Key.number(
              "longest_gradient",
              Range.of(0, 1e9),
              "What all gradients of a step together are shortened to where they are longer"
                  + " (clipping by norm); 0 is off.")
          .or(0.0);
  private static final Key<Integer> WARMUP_STEPS =
      Key.whole(
              "warmup_steps",
              0,
              1_000_000,
              "Over how many first steps the learning rates rise from zero.")
          .or(20);
  private static final Key<Schedule> SCHEDULE =
      Key.choice(
              "schedule",
              List.of(Schedule.values()),
              Schedule::key,
              "How the learning rates go on after the warm-up.")
          .or(Schedule.COSINE);
  private static final Key<List<Integer>> MILESTONES =
      Key.wholes(
              "milestones",
              1,
              10_000,
              "For schedule multi_step: the epochs, counted from 0, at whose beginning the rates"
                  + " fall.")
          .or(List.of(15, 30, 45));
  private static final Key<Double> MILESTONE_FACTOR =
      Key.number(
              "milestone_factor",
              Range.of(0, 1),
              "For schedule multi_step: what the rates are multiplied by at each milestone.")
          .or(0.3);
  private static final Key<BatchNorm> BATCH_NORM =
      Key.choice(
              "batch_norm",
              List.of(BatchNorm.values()),
              BatchNorm::key,
              "What batch norm does: everything as usual; keep the running statistics and train"
                  + " only scale and shift; or keep all of it.")
          .or(BatchNorm.TRAINING);
  private static final Key<AugmentationSettings> AUGMENTATION =
      Key.section(
          "augmentation",
          AugmentationSettings.SECTION,
          "How a training image is changed each time it is seen.");
  private static final Key<Double> AVERAGING =
      Key.number(
              "averaging",
              Range.of(0, 1).belowMaximum(),
              "Decay of a running average of the weights, which is then what is validated and"
                  + " kept; 0 is off.")
          .or(0.0);
  private static final Key<Integer> VALIDATE_EVERY =
      Key.whole(
              "validate_every",
              1,
              10_000,
              "Measure on the validation classes after every so many epochs, and after the last.")
          .or(1);
  private static final Key<Integer> CHECKPOINT_EVERY =
      Key.whole(
              "checkpoint_every",
              1,
              10_000,
              "Save what is needed to resume after every so many epochs, and after the last.")
          .or(1);

  static final Section<TrainingSettings> PRETRAINING =
      section(LossName.MULTI_SIMILARITY, EPOCHS.or(30), LEARNING_RATE.or(0.001));
  static final Section<TrainingSettings> FINE_TUNING =
      section(LossName.HYBRID, EPOCHS.or(15), LEARNING_RATE.or(0.0003));

  TrainingSettings() {}

  /** The keys of one stage; the two stages have the same, with other defaults for these three. */
  private static Section<TrainingSettings> section(
      LossName lossName, Key<Integer> epochs, Key<Double> learningRate) {
    Key<LossConfig> loss = Key.section("loss", LossKeys.section(lossName), "What is minimised.");
    return Section.of(
            loss,
            epochs,
            DATA,
            CLASSES_PER_BATCH,
            IMAGES_PER_CLASS,
            SAMPLER,
            learningRate,
            BACKBONE_RATE,
            LOSS_RATE,
            OPTIMISER,
            WEIGHT_DECAY,
            LONGEST_GRADIENT,
            WARMUP_STEPS,
            SCHEDULE,
            MILESTONES,
            MILESTONE_FACTOR,
            BATCH_NORM,
            AUGMENTATION,
            AVERAGING,
            VALIDATE_EVERY,
            CHECKPOINT_EVERY)
        .rule(List.of(CLASSES_PER_BATCH, IMAGES_PER_CLASS), TrainingSettings::batchSizeViolation)
        .as(values -> of(loss, values));
  }

  private static Optional<String> batchSizeViolation(Values values) {
    int classes = values.of(CLASSES_PER_BATCH);
    int images = values.of(IMAGES_PER_CLASS);
    long batch = (long) classes * images;
    return batch >= 2 && batch <= LARGEST_BATCH
        ? Optional.empty()
        : Optional.of(
            "makes a batch of %d classes with %d images each; allowed: 2 to %d images in a batch"
                .formatted(classes, images, LARGEST_BATCH));
  }

  private static TrainingSettings of(Key<LossConfig> loss, Values values) {
    return builder()
        .setLoss(values.of(loss))
        .setEpochs(values.of(EPOCHS))
        .setData(values.of(DATA))
        .setClassesPerBatch(values.of(CLASSES_PER_BATCH))
        .setImagesPerClass(values.of(IMAGES_PER_CLASS))
        .setSampler(values.of(SAMPLER))
        .setLearningRate(values.of(LEARNING_RATE))
        .setBackboneRate(values.of(BACKBONE_RATE))
        .setLossRate(values.of(LOSS_RATE))
        .setOptimiser(values.of(OPTIMISER))
        .setWeightDecay(values.of(WEIGHT_DECAY))
        .setLongestGradient(values.of(LONGEST_GRADIENT))
        .setWarmupSteps(values.of(WARMUP_STEPS))
        .setSchedule(values.of(SCHEDULE))
        .setMilestones(new Milestones(values.of(MILESTONES), values.of(MILESTONE_FACTOR)))
        .setBatchNorm(values.of(BATCH_NORM))
        .setAugmentation(values.of(AUGMENTATION))
        .setAveraging(values.of(AVERAGING))
        .setValidateEvery(values.of(VALIDATE_EVERY))
        .setCheckpointEvery(values.of(CHECKPOINT_EVERY))
        .build();
  }

  public abstract LossConfig loss();

  public abstract int epochs();

  public abstract TrainingDataConfig data();

  public abstract int classesPerBatch();

  public abstract int imagesPerClass();

  public abstract SamplerConfig sampler();

  /** Of the head, after the warm-up. */
  public abstract double learningRate();

  /** Of the backbone, as a multiple of the head's. */
  public abstract double backboneRate();

  /** Of what the loss itself learns, as a multiple of the head's. */
  public abstract double lossRate();

  public abstract Optimiser optimiser();

  public abstract double weightDecay();

  /** 0 is none. */
  public abstract double longestGradient();

  public abstract int warmupSteps();

  public abstract Schedule schedule();

  /** For {@link Schedule#MULTI_STEP}. */
  public abstract Milestones milestones();

  public abstract BatchNorm batchNorm();

  public abstract AugmentationSettings augmentation();

  /** Decay of a running average of the weights; 0 is none. */
  public abstract double averaging();

  /** In epochs; the last epoch is always validated. */
  public abstract int validateEvery();

  /** In epochs; a checkpoint always follows the last. */
  public abstract int checkpointEvery();

  abstract Builder toBuilder();

  /** The same training with another loss. */
  TrainingSettings withLoss(LossConfig loss) {
    return toBuilder().setLoss(loss).build();
  }

  static Builder builder() {
    return new AutoValue_TrainingSettings.Builder();
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setLoss(LossConfig loss);

    abstract Builder setEpochs(int epochs);

    abstract Builder setData(TrainingDataConfig data);

    abstract Builder setClassesPerBatch(int classes);

    abstract Builder setImagesPerClass(int images);

    abstract Builder setSampler(SamplerConfig sampler);

    abstract Builder setLearningRate(double rate);

    abstract Builder setBackboneRate(double multiple);

    abstract Builder setLossRate(double multiple);

    abstract Builder setOptimiser(Optimiser optimiser);

    abstract Builder setWeightDecay(double decay);

    abstract Builder setLongestGradient(double norm);

    abstract Builder setWarmupSteps(int steps);

    abstract Builder setSchedule(Schedule schedule);

    abstract Builder setMilestones(Milestones milestones);

    abstract Builder setBatchNorm(BatchNorm mode);

    abstract Builder setAugmentation(AugmentationSettings augmentation);

    abstract Builder setAveraging(double decay);

    abstract Builder setValidateEvery(int epochs);

    abstract Builder setCheckpointEvery(int epochs);

    abstract TrainingSettings build();
  }
}
