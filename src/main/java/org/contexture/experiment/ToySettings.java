package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;

/**
 * Everything a toy file says, with every default filled in.
 *
 * @param name what the experiment is called; changes no result
 * @param seed where everything random starts from
 * @param points which points
 * @param learningRate of Adam
 * @param steps how many
 * @param observeEvery steps between two looks at the points
 * @param loss one loss
 * @param comparedTo another loss, over the same points for as many steps
 */
public record ToySettings(
    String name,
    long seed,
    Points points,
    double learningRate,
    int steps,
    int observeEvery,
    LossConfig loss,
    LossConfig comparedTo) {

  /**
   * Which points.
   *
   * @param classes how many classes
   * @param perClass points of each
   * @param spread standard deviation of a point's angle from the middle of its class, in degrees
   * @param labelNoise share of the points with a wrong label
   */
  public record Points(int classes, int perClass, double spread, double labelNoise) {
    private static final Key<Integer> CLASSES =
        Key.whole("classes", 2, 8, "How many classes, their middles spread evenly over the circle.")
            .or(6);
    private static final Key<Integer> PER_CLASS =
        Key.whole("per_class", 2, 200, "How many points of each class.").or(16);
    private static final Key<Double> SPREAD =
        Key.number(
                "spread",
                Range.of(0, 180),
                "Standard deviation of a point's angle from the middle of its class, in degrees.")
            .or(15.0);
    private static final Key<Double> LABEL_NOISE =
        Key.number(
                "label_noise",
                Range.of(0, 1).belowMaximum(),
                "Share of the points that are given the label of another class.")
            .or(0.2);

    private static final Section<Points> SECTION =
        Section.of(CLASSES, PER_CLASS, SPREAD, LABEL_NOISE)
            .as(
                values ->
                    new Points(
                        values.of(CLASSES),
                        values.of(PER_CLASS),
                        values.of(SPREAD),
                        values.of(LABEL_NOISE)));
  }

  private static final Key<Points> POINTS =
      Key.section("points", Points.SECTION, "The points that are moved.");
  private static final Key<Double> LEARNING_RATE =
      Key.number("learning_rate", Range.of(0, 10).aboveMinimum(), "Learning rate of Adam.")
          .or(0.01);
  private static final Key<Integer> STEPS =
      Key.whole("steps", 1, 100_000, "How many steps, each over all points at once.").or(300);
  private static final Key<Integer> OBSERVE_EVERY =
      Key.whole("observe_every", 1, 100_000, "Steps between two looks at the points.").or(10);
  private static final Key<LossConfig> LOSS =
      Key.section("loss", LossKeys.section(LossName.CONTEXTUAL), "A loss that moves the points.");
  private static final Key<LossConfig> COMPARED_TO =
      Key.section(
          "compared_to",
          LossKeys.section(LossName.CONTRASTIVE),
          "The loss it is compared to, over the same points for as many steps.");

  static final Section<ToySettings> SECTION =
      Section.of(
              ExperimentSettings.NAME,
              ExperimentSettings.SEED,
              POINTS,
              LEARNING_RATE,
              STEPS,
              OBSERVE_EVERY,
              LOSS,
              COMPARED_TO)
          .rule(List.of(POINTS, LOSS), values -> tooManyPoints(values, LOSS))
          .rule(List.of(POINTS, COMPARED_TO), values -> tooManyPoints(values, COMPARED_TO))
          .as(
              values ->
                  new ToySettings(
                      values.of(ExperimentSettings.NAME),
                      values.of(ExperimentSettings.SEED),
                      values.of(POINTS),
                      values.of(LEARNING_RATE),
                      values.of(STEPS),
                      values.of(OBSERVE_EVERY),
                      values.of(LOSS),
                      values.of(COMPARED_TO)));

  private static Optional<String> tooManyPoints(Values values, Key<LossConfig> loss) {
    Points points = values.of(POINTS);
    return LossKeys.tooManyAtOnce(
            values.of(loss), (long) points.classes() * points.perClass(), "points")
        .map(why -> "has %s, by points.classes and points.per_class".formatted(why));
  }
}
