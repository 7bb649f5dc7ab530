package org.contexture.experiment;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.BatchNormMode;
import org.contexture.record.Selection;
import org.contexture.sampling.SamplerConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingDataConfig;

/** One stage of training: what is minimised, over which batches, how fast and how long. */
@AutoValue
public abstract class TrainingSettings {
  static final double DEFAULT_LOSS_RATE = 1;
  private static final double DEFAULT_PROJECTOR_RATE = 2;
  private static final int LARGEST_BATCH = 16_384;

  /** How the learning rates change after the warm-up. */
  public enum Schedule {
    CONSTANT("constant"),
    /** Down to zero along half a cosine. */
    COSINE("cosine"),
    /** Down by a factor at the beginning of some epochs. */
    MULTI_STEP("multi_step"),
    /** Down by a factor every so many epochs. */
    STEP("step");

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
          .or(DEFAULT_LOSS_RATE);
  private static final Key<Integer> PROJECTOR_SIZE =
      Key.whole(
              "projector_size",
              0,
              4096,
              "Numbers in what the loss sees of an embedding, behind a linear layer that is learned"
                  + " with the network and used in training only; 0: the loss sees the embedding"
                  + " itself.")
          .or(0);
  private static final Key<Double> PROJECTOR_RATE =
      Key.number(
              "projector_rate",
              Range.of(0, 100),
              "Learning rate of the layer of `projector_size`, as a multiple of `learning_rate`.")
          .or(DEFAULT_PROJECTOR_RATE);
  private static final Key<Optimiser> OPTIMISER =
      Key.choice(
              "optimiser",
              List.of(Optimiser.values()),
              Optimiser::key,
              "How gradients change the weights: weight decay as a part of them, or apart.")
          .or(Optimiser.ADAM);
  private static final Key<Double> WEIGHT_DECAY =
      Key.number("weight_decay", Range.of(0, 1), "Weight decay of backbone, head and projector.")
          .or(0.0001);
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
  private static final Key<Integer> STEP_EPOCHS =
      Key.whole(
              "step_epochs",
              1,
              10_000,
              "For schedule step: after every how many epochs the rates fall.")
          .or(5);
  private static final Key<Double> DECAY_FACTOR =
      Key.number(
              "decay_factor",
              Range.of(0, 1),
              "For schedules multi_step and step: what the rates are multiplied by each time they"
                  + " fall.")
          .or(0.3);
  private static final Key<BatchNormMode> BATCH_NORM =
      Key.choice(
              "batch_norm",
              List.of(BatchNormMode.values()),
              BatchNormMode::key,
              "What batch norm does: everything as usual; keep the running statistics and train"
                  + " only scale and shift; or keep all of it.")
          .or(BatchNormMode.TRAINING);
  private static final Key<Integer> FROZEN_EPOCHS =
      Key.whole(
              "frozen_epochs",
              0,
              10_000,
              "In how many first epochs only the head, and what the loss itself learns, train. The"
                  + " backbone then starts, except what `batch_norm` keeps.")
          .or(0);
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
  private static final Key<Selection> SELECT =
      Key.choice(
              "select",
              List.of(Selection.values()),
              selection -> selection.name().toLowerCase(Locale.ROOT),
              "Which weights are kept: those with the best Recall@1 on the validation classes; on"
                  + " the test classes, as the papers do, which makes the reported figures"
                  + " optimistic; or the last.")
          .or(Selection.VALIDATION);
  private static final Key<Integer> VALIDATE_EVERY =
      Key.whole(
              "validate_every",
              1,
              10_000,
              "Measure Recall@1 on the classes that `select` names, for last on the validation"
                  + " classes, after every so many epochs, and after the last.")
          .or(1);
  private static final Key<Integer> PATIENCE =
      Key.whole(
              "patience",
              0,
              10_000,
              "End the training after so many measurements without a better one; 0 is never. The"
                  + " schedule stays that of all `epochs`.")
          .or(0);
  private static final Key<Optional<Long>> STAGE_SEED =
      Key.longWholeOrNone(
              "seed",
              0,
              1L << 53,
              "Where everything random of this stage starts from; none takes it from the seed of"
                  + " the experiment.")
          .or(Optional.empty());
  private static final Key<Integer> CHECKPOINT_EVERY =
      Key.whole(
              "checkpoint_every",
              1,
              10_000,
              "Save what is needed to resume after every so many epochs, and after the last.")
          .or(1);
  private static final Key<Integer> LOADER_THREADS =
      Key.whole(
              "loader_threads",
              0,
              256,
              "Threads that prepare batches; changes no result. 0 takes one less than the machine"
                  + " has processors, from 1 to 4.")
          .or(0);

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
            PROJECTOR_SIZE,
            PROJECTOR_RATE,
            OPTIMISER,
            WEIGHT_DECAY,
            LONGEST_GRADIENT,
            WARMUP_STEPS,
            SCHEDULE,
            MILESTONES,
            STEP_EPOCHS,
            DECAY_FACTOR,
            BATCH_NORM,
            FROZEN_EPOCHS,
            AUGMENTATION,
            AVERAGING,
            SELECT,
            VALIDATE_EVERY,
            PATIENCE,
            STAGE_SEED,
            CHECKPOINT_EVERY,
            LOADER_THREADS)
        .rule(List.of(SELECT, PATIENCE), TrainingSettings::patienceViolation)
        .rule(List.of(CLASSES_PER_BATCH, IMAGES_PER_CLASS), TrainingSettings::batchSizeViolation)
        .rule(
            List.of(loss, CLASSES_PER_BATCH, IMAGES_PER_CLASS),
            values -> tooManyTriples(values.of(loss), values))
        .as(values -> of(loss, values));
  }

  private static Optional<String> patienceViolation(Values values) {
    int patience = values.of(PATIENCE);
    return patience == 0 || values.of(SELECT) != Selection.LAST
        ? Optional.empty()
        : Optional.of(
            "waits for a better one of %d measurements, and with select last none is better;"
                    .formatted(patience)
                + " allowed: patience 0, or select validation or test");
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

  private static Optional<String> tooManyTriples(LossConfig loss, Values values) {
    long batch = (long) values.of(CLASSES_PER_BATCH) * values.of(IMAGES_PER_CLASS);
    return batch > LARGEST_BATCH
        ? Optional.empty()
        : LossKeys.tooManyAtOnce(loss, batch, "images")
            .map(
                why ->
                    "makes a batch of %s in a batch, by classes_per_batch and images_per_class"
                        .formatted(why));
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
        .setProjectorSize(values.of(PROJECTOR_SIZE))
        .setProjectorRate(
            values.of(PROJECTOR_SIZE) > 0 ? values.of(PROJECTOR_RATE) : DEFAULT_PROJECTOR_RATE)
        .setOptimiser(values.of(OPTIMISER))
        .setWeightDecay(values.of(WEIGHT_DECAY))
        .setLongestGradient(values.of(LONGEST_GRADIENT))
        .setWarmupSteps(values.of(WARMUP_STEPS))
        .setSchedule(values.of(SCHEDULE))
        .setMilestones(milestones(values))
        .setBatchNorm(values.of(BATCH_NORM))
        .setFrozenEpochs(values.of(FROZEN_EPOCHS))
        .setAugmentation(values.of(AUGMENTATION))
        .setAveraging(values.of(AVERAGING))
        .setSelect(values.of(SELECT))
        .setValidateEvery(values.of(VALIDATE_EVERY))
        .setPatience(values.of(PATIENCE))
        .setSeed(values.of(STAGE_SEED))
        .setCheckpointEvery(values.of(CHECKPOINT_EVERY))
        .setLoaderThreads(values.of(LOADER_THREADS))
        .build();
  }

  private static Milestones milestones(Values values) {
    double factor = values.of(DECAY_FACTOR);
    return switch (values.of(SCHEDULE)) {
      case CONSTANT, COSINE -> Milestones.none();
      case MULTI_STEP -> new Milestones(values.of(MILESTONES), factor);
      case STEP -> Milestones.every(values.of(STEP_EPOCHS), values.of(EPOCHS), factor);
    };
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

  /** Numbers in what the loss sees of an embedding; 0 is no projector. */
  public abstract int projectorSize();

  /** Of the projector, as a multiple of the head's; the default where there is none. */
  public abstract double projectorRate();

  public abstract Optimiser optimiser();

  public abstract double weightDecay();

  /** 0 is none. */
  public abstract double longestGradient();

  public abstract int warmupSteps();

  public abstract Schedule schedule();

  /** Where the rates fall; none for schedules that have no such epochs. */
  public abstract Milestones milestones();

  public abstract BatchNormMode batchNorm();

  /** First epochs in which the backbone does not train. */
  public abstract int frozenEpochs();

  public abstract AugmentationSettings augmentation();

  /** Decay of a running average of the weights; 0 is none. */
  public abstract double averaging();

  /** What decides which weights are kept. */
  public abstract Selection select();

  /** In epochs; the last epoch is always measured. */
  public abstract int validateEvery();

  /** Measurements without a better one after which the training ends; 0 is never. */
  public abstract int patience();

  /** Where everything random of this stage starts from, if not from the experiment's seed. */
  public abstract Optional<Long> seed();

  /** In epochs; a checkpoint always follows the last. */
  public abstract int checkpointEvery();

  /** Threads that prepare batches; 0 leaves it to the machine. */
  public abstract int loaderThreads();

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

    abstract Builder setProjectorSize(int numbers);

    abstract Builder setProjectorRate(double multiple);

    abstract Builder setOptimiser(Optimiser optimiser);

    abstract Builder setWeightDecay(double decay);

    abstract Builder setLongestGradient(double norm);

    abstract Builder setWarmupSteps(int steps);

    abstract Builder setSchedule(Schedule schedule);

    abstract Builder setMilestones(Milestones milestones);

    abstract Builder setBatchNorm(BatchNormMode mode);

    abstract Builder setFrozenEpochs(int epochs);

    abstract Builder setAugmentation(AugmentationSettings augmentation);

    abstract Builder setAveraging(double decay);

    abstract Builder setSelect(Selection selection);

    abstract Builder setValidateEvery(int epochs);

    abstract Builder setPatience(int measurements);

    abstract Builder setSeed(Optional<Long> seed);

    abstract Builder setCheckpointEvery(int epochs);

    abstract Builder setLoaderThreads(int threads);

    abstract TrainingSettings build();
  }
}
