package org.contexture.training;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.contexture.image.AugmentationConfig;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Precision;
import org.contexture.record.Selection;
import org.contexture.sampling.SamplerConfig;

/** How to train: everything that changes the weights that come out. */
@AutoValue
public abstract class TrainingConfig implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is minimised. */
  public abstract LossConfig loss();

  /** What the network computes in. */
  public abstract Precision precision();

  /** How often the sampler makes its batches; with some, an epoch does not reach every class. */
  public abstract int epochs();

  /** What is seen of the examples. */
  public abstract TrainingDataConfig data();

  /** Classes in a batch. */
  public abstract int classesPerBatch();

  /** Images of each class in a batch. */
  public abstract int imagesPerClass();

  /** How batches are put together. */
  public abstract SamplerConfig sampler();

  /** Learning rate of the head, after the warm-up. */
  public abstract double headRate();

  /** Learning rate of the backbone, after the warm-up. */
  public abstract double backboneRate();

  /** Learning rate of what the loss itself learns, after the warm-up. */
  public abstract double lossRate();

  /**
   * Numbers in what the loss sees of an embedding, behind a linear layer that is learned with the
   * network and then thrown away; 0: the loss sees the embedding itself.
   */
  public abstract int projectorSize();

  /** Learning rate of that layer, after the warm-up. */
  public abstract double projectorRate();

  /** Weight decay of backbone, head and projector. */
  public abstract double weightDecay();

  /** How it acts. */
  public abstract Adam.Decay decay();

  /** What all gradients of a step together are shortened to where they are longer; 0 is off. */
  public abstract double longestGradient();

  /** Steps in which the rates rise to their values. */
  public abstract int warmUpSteps();

  /** What the rates do after the warm-up. */
  public abstract Schedule schedule();

  /** Where {@link Schedule#MULTI_STEP} falls; none for other schedules. */
  public abstract Milestones milestones();

  /** What batch norm does. */
  public abstract BatchNormMode batchNorm();

  /**
   * First epochs in which the head, the projector and what the loss learns train, and the
   * backbone's parameters stay as they are: no step, no weight decay, nothing remembered. In the
   * 224 track the end of this warm-up also sets free the batch-norm parameters that were to stay
   * frozen; here they stay as {@link #batchNorm} says.
   */
  public abstract int frozenEpochs();

  /** How images are changed each time they are seen. */
  public abstract AugmentationConfig augmentation();

  /** What is done to images that are measured, before their middle is cut out. */
  public abstract Resize testResize();

  /**
   * Decay of a running average of the weights, which is then what is validated and kept; 0 is off.
   * It starts at the initial weights; in step t, from 0, the decay is at most (1 + t) / (10 + t),
   * so that they are soon forgotten.
   */
  public abstract double averaging();

  /**
   * What decides which weights are kept: the best Recall@1 on the validation classes; on the test
   * classes, which is what the papers do and makes the result optimistic; or nothing. Without
   * classes to measure on the last are kept.
   */
  public abstract Selection selection();

  /**
   * Whether the test images can be queries and a gallery apart. The examples say which they are;
   * this tells a training that they select the weights of from those of earlier versions, which
   * searched for all of them among all.
   */
  public abstract boolean queriesApart();

  /** Epochs between measurements of Recall@1; the last epoch is always measured. */
  public abstract int validateEvery();

  /** Measurements without a better one after which the training ends; 0 is never. */
  public abstract int patience();

  /** Draws batches, augmentations and what the loss starts from. */
  public abstract long seed();

  /** What learning rates do after the warm-up. */
  public enum Schedule {
    /** Stay. */
    CONSTANT,
    /** Fall to zero along half a cosine. */
    COSINE,
    /** Fall at the milestones. */
    MULTI_STEP
  }

  /**
   * A builder of float32, class-balanced batches of all examples and Adam without projector,
   * averaging, clipping or frozen epochs, that keeps the weights best on the validation classes and
   * ends after the last epoch; everything else has to be set.
   */
  public static Builder builder() {
    return new AutoValue_TrainingConfig.Builder()
        .precision(Precision.FLOAT32)
        .projectorSize(0)
        .projectorRate(0)
        .averaging(0)
        .frozenEpochs(0)
        .selection(Selection.VALIDATION)
        .queriesApart(false)
        .patience(0)
        .longestGradient(0)
        .milestones(Milestones.none())
        .decay(Adam.Decay.IN_GRADIENT)
        .data(TrainingDataConfig.everything())
        .sampler(new SamplerConfig.ClassBalanced());
  }

  /** Builds a configuration. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder loss(LossConfig loss);

    public abstract Builder precision(Precision precision);

    public abstract Builder epochs(int epochs);

    public abstract Builder data(TrainingDataConfig data);

    public abstract Builder classesPerBatch(int classesPerBatch);

    public abstract Builder imagesPerClass(int imagesPerClass);

    public abstract Builder sampler(SamplerConfig sampler);

    public abstract Builder headRate(double headRate);

    public abstract Builder backboneRate(double backboneRate);

    public abstract Builder lossRate(double lossRate);

    public abstract Builder projectorSize(int projectorSize);

    public abstract Builder projectorRate(double projectorRate);

    public abstract Builder weightDecay(double weightDecay);

    public abstract Builder decay(Adam.Decay decay);

    public abstract Builder longestGradient(double norm);

    public abstract Builder warmUpSteps(int warmUpSteps);

    public abstract Builder schedule(Schedule schedule);

    public abstract Builder milestones(Milestones milestones);

    public abstract Builder batchNorm(BatchNormMode batchNorm);

    public abstract Builder frozenEpochs(int epochs);

    public abstract Builder augmentation(AugmentationConfig augmentation);

    public abstract Builder testResize(Resize resize);

    public abstract Builder averaging(double averaging);

    public abstract Builder selection(Selection selection);

    public abstract Builder queriesApart(boolean apart);

    public abstract Builder validateEvery(int validateEvery);

    public abstract Builder patience(int measurements);

    public abstract Builder seed(long seed);

    abstract TrainingConfig values();

    /** The configuration; a value out of its range is an {@link IllegalArgumentException}. */
    public TrainingConfig build() {
      TrainingConfig config = values();
      require("epochs", config.epochs(), config.epochs() >= 1);
      require("validateEvery", config.validateEvery(), config.validateEvery() >= 1);
      require("warmUpSteps", config.warmUpSteps(), config.warmUpSteps() >= 0);
      require("longestGradient", config.longestGradient(), config.longestGradient() >= 0);
      require("projectorSize", config.projectorSize(), config.projectorSize() >= 0);
      require("frozenEpochs", config.frozenEpochs(), config.frozenEpochs() >= 0);
      require(
          "patience",
          config.patience(),
          config.patience() == 0
              || (config.patience() > 0 && config.selection() != Selection.LAST));
      require("averaging", config.averaging(), config.averaging() >= 0 && config.averaging() < 1);
      return config;
    }

    private static void require(String name, Object value, boolean holds) {
      if (!holds) {
        throw new IllegalArgumentException("%s is %s".formatted(name, value));
      }
    }
  }

  /** The decay of the average in a step, counted from 0. */
  double averagingAt(long step) {
    return Math.min(averaging(), (1.0 + step) / (10.0 + step));
  }

  private double warmUp(long step) {
    return Math.min(1, (step + 1.0) / Math.max(1, warmUpSteps()));
  }

  /** The multiplier of the learning rates, for a training of so many steps. */
  LearningRateSchedule rates(long steps) {
    return switch (schedule()) {
      case COSINE -> LearningRateSchedule.warmUpThenCosine(Math.min(warmUpSteps(), steps), steps);
      case CONSTANT -> this::warmUp;
      case MULTI_STEP -> {
        LearningRateSchedule falling =
            LearningRateSchedule.multiStep(
                steps / epochs(), milestones().epochs(), milestones().factor());
        yield step -> warmUp(step) * falling.multiplier(step);
      }
    };
  }
}
