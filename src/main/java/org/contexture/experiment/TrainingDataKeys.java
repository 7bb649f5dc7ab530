package org.contexture.experiment;

import java.util.List;
import java.util.Locale;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.training.TrainingDataConfig;
import org.contexture.training.TrainingDataConfig.NoiseWithin;

/** The section that withholds training data, or gives some of it wrong labels, by the seed. */
final class TrainingDataKeys {
  private static final Key<Double> LABEL_NOISE =
      Key.number(
              "label_noise",
              Range.of(0, 1).belowMaximum(),
              "Share of the training images that get the label of another training class.")
          .or(0.0);
  private static final Key<NoiseWithin> NOISE_WITHIN =
      Key.choice(
              "noise_within",
              List.of(NoiseWithin.values()),
              within -> within.name().toLowerCase(Locale.ROOT),
              "Whether a wrong label is that of any class, or of one of the same super class.")
          .or(NoiseWithin.ALL);
  private static final Key<Double> KEEP_CLASSES =
      Key.number(
              "keep_classes",
              Range.of(0, 1).aboveMinimum(),
              "Share of the training classes that are trained on, drawn by the seed of the stage:"
                  + " pretrain and train keep other ones, unless both are given the same seed.")
          .or(1.0);
  private static final Key<Double> KEEP_IMAGES =
      Key.number(
              "keep_images",
              Range.of(0, 1).aboveMinimum(),
              "Share of the images of each training class that are trained on, at least one.")
          .or(1.0);

  static final Section<TrainingDataConfig> SECTION =
      Section.of(LABEL_NOISE, NOISE_WITHIN, KEEP_CLASSES, KEEP_IMAGES)
          .as(
              values ->
                  new TrainingDataConfig(
                      values.of(LABEL_NOISE),
                      values.of(NOISE_WITHIN),
                      values.of(KEEP_CLASSES),
                      values.of(KEEP_IMAGES)));

  private TrainingDataKeys() {}
}
