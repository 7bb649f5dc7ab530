package org.contexture.experiment;

import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * How a training image is changed each time it is seen, by the seed.
 *
 * @param minScale the smallest share of the image's area that a random crop keeps
 * @param minAspect the least width by height of a crop
 * @param maxAspect the greatest width by height of a crop
 * @param flip whether half of the images are mirrored
 * @param turnClasses whether the images of a class in a batch are turned and mirrored alike
 */
public record AugmentationSettings(
    double minScale, double minAspect, double maxAspect, boolean flip, boolean turnClasses) {

  private static final Key<Double> MIN_SCALE =
      Key.number(
              "min_scale",
              Range.of(0.01, 1),
              "The smallest share of the image's area that a random crop keeps.")
          .or(0.6);
  private static final Key<Double> MIN_ASPECT =
      Key.number("min_aspect", Range.of(0.1, 1), "The least width by height of a random crop.")
          .or(3.0 / 4);
  private static final Key<Double> MAX_ASPECT =
      Key.number("max_aspect", Range.of(1, 10), "The greatest width by height of a random crop.")
          .or(4.0 / 3);
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
      Section.of(MIN_SCALE, MIN_ASPECT, MAX_ASPECT, FLIP, TURN_CLASSES)
          .as(
              values ->
                  new AugmentationSettings(
                      values.of(MIN_SCALE),
                      values.of(MIN_ASPECT),
                      values.of(MAX_ASPECT),
                      values.of(FLIP),
                      values.of(TURN_CLASSES)));
}
