package org.contexture.experiment;

import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * How a training image is changed each time it is seen, by the seed. Strengths are half the width
 * of the range that a factor is drawn from: 0.4 is a factor from 0.6 to 1.4; 0 is off.
 *
 * @param minScale the smallest share of the image's area that a random crop keeps
 * @param flip whether half of the images are mirrored
 * @param grayscale probability that an image loses its colours
 * @param brightness strength
 * @param contrast strength
 * @param saturation strength
 * @param hue largest turn of the hue either way, as a share of the circle
 */
public record AugmentationSettings(
    double minScale,
    boolean flip,
    double grayscale,
    double brightness,
    double contrast,
    double saturation,
    double hue) {

  private static final Key<Double> MIN_SCALE =
      Key.number(
              "min_scale",
              Range.of(0.01, 1),
              "The smallest share of the image's area that a random crop keeps.")
          .or(0.6);
  private static final Key<Boolean> FLIP =
      Key.truth("flip", "Whether half of the images are mirrored.").or(true);
  private static final Key<Double> GRAYSCALE =
      Key.number("grayscale", Range.of(0, 1), "Probability that an image loses its colours.")
          .or(0.0);
  private static final Key<Double> BRIGHTNESS =
      strength("brightness", "Strength of random brightness: 0.4 is a factor from 0.6 to 1.4.");
  private static final Key<Double> CONTRAST =
      strength("contrast", "Strength of random contrast, as for brightness.");
  private static final Key<Double> SATURATION =
      strength("saturation", "Strength of random saturation, as for brightness.");
  private static final Key<Double> HUE =
      Key.number(
              "hue",
              Range.of(0, 0.5),
              "Largest random turn of the hue either way, as a share of the colour circle.")
          .or(0.0);

  static final Section<AugmentationSettings> SECTION =
      Section.of(MIN_SCALE, FLIP, GRAYSCALE, BRIGHTNESS, CONTRAST, SATURATION, HUE)
          .as(
              values ->
                  new AugmentationSettings(
                      values.of(MIN_SCALE),
                      values.of(FLIP),
                      values.of(GRAYSCALE),
                      values.of(BRIGHTNESS),
                      values.of(CONTRAST),
                      values.of(SATURATION),
                      values.of(HUE)));

  private static Key<Double> strength(String name, String description) {
    return Key.number(name, Range.of(0, 1), description).or(0.0);
  }
}
