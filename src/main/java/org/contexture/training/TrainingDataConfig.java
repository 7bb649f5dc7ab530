package org.contexture.training;

import java.io.Serializable;

/**
 * What a training sees of its examples: all of them by their own labels, or fewer, or some by wrong
 * ones. Validation and test examples stay as they are. Everything is drawn by the seed of the
 * training: the same for every loss, and other in each stage of an experiment that has a seed of
 * its own.
 *
 * @param labelNoise share of the training examples whose label is replaced by that of another
 *     training class, each as likely
 * @param noiseWithin which classes it is replaced by; all where no label is
 * @param keptClasses share of the training classes that are seen
 * @param keptImages share of the images of each class that are seen, at least one
 */
public record TrainingDataConfig(
    double labelNoise, NoiseWithin noiseWithin, double keptClasses, double keptImages)
    implements Serializable {

  /** Which classes a label is replaced by. */
  public enum NoiseWithin {
    ALL,
    /** Those of the same super class; a class alone in its own keeps its labels. */
    SUPER_CLASS
  }

  /** All examples by their own labels. */
  public static TrainingDataConfig everything() {
    return new TrainingDataConfig(0, NoiseWithin.ALL, 1, 1);
  }

  public TrainingDataConfig {
    if (!(labelNoise >= 0 && labelNoise < 1)
        || !(keptClasses > 0 && keptClasses <= 1)
        || !(keptImages > 0 && keptImages <= 1)) {
      throw new IllegalArgumentException(
          "noise of %s, %s of the classes, %s of the images"
              .formatted(labelNoise, keptClasses, keptImages));
    }
    noiseWithin = labelNoise == 0 ? NoiseWithin.ALL : noiseWithin;
  }

  /** The examples as the training sees them. */
  TrainingExamples of(TrainingExamples examples, long seed) {
    return equals(everything()) ? examples : AlteredExamples.of(examples, this, seed);
  }
}
