package org.contexture.experiment;

import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * How a training image is changed each time it is seen, by the seed.
 *
 * @param minScale the smallest share of the image's area that a random crop keeps
 * @param flip whether half of the images are mirrored
 * @param turnClasses whether the images of a class in a batch are turned and mirrored alike
 */
public record AugmentationSettings(double minScale, boolean flip, boolean turnClasses) {

  private static final Key<Double> MIN_SCALE =
      Key.number(
              "min_scale",
              Range.of(0.01, 1),
              "The smallest share of the image's area that a random crop keeps.")
          .or(0.6);
  private static final Key<Boolean> FLIP =
      Key.truth("flip", "Whether half of the images are mirrored.").or(true);
  private static final Key<Boolean> TURN_CLASSES =
      Key.truth(
              "turn_classes",
              "Whether all images of a class in a batch are turned and mirrored alike, in one of"
                  + " the eight orientations of a square: makes eight classes of one, for pictures"
                  + " in which nothing but the class says what is up.")
          .or(false);

  static final Section<AugmentationSettings> SECTION =
      Section.of(MIN_SCALE, FLIP, TURN_CLASSES)
          .as(
              values ->
                  new AugmentationSettings(
                      values.of(MIN_SCALE), values.of(FLIP), values.of(TURN_CLASSES)));
}
