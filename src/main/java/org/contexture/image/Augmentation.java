package org.contexture.image;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.contexture.random.RandomStream;

/**
 * What training does to an image so that it never sees the same one twice: a list of random steps.
 *
 * <p>A pure function: the same seed, draw, example and image give the same result, on any machine
 * and in any order of calls. Every step has a random stream of its own, told by its name, so that
 * adding or dropping a step leaves what the others do unchanged.
 */
public final class Augmentation {
  private final List<Step> steps;

  /** One random change to an image. */
  public interface Step {
    /** Tells this step's random stream from the others'; unique within an augmentation. */
    String name();

    /** The changed image, or the same one. */
    RgbImage apply(RgbImage image, RandomGenerator random);
  }

  /** An augmentation of steps in the order given. */
  public Augmentation(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * The augmentation that a configuration describes: crop, then flip.
   *
   * @param size pixels a side of the images it makes
   */
  public static Augmentation of(AugmentationConfig config, int size) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new RandomResizedCrop(
            size,
            config.scaleMinimum(),
            config.scaleMaximum(),
            config.ratioMinimum(),
            config.ratioMaximum()));
    if (config.flipProbability() > 0) {
      steps.add(new HorizontalFlip(config.flipProbability()));
    }
    return new Augmentation(steps);
  }

  /**
   * An image as training sees it.
   *
   * @param image the stored image
   * @param seed the seed of the run
   * @param draw tells one time the example is drawn from another: the epoch, or, where an epoch can
   *     draw an example twice, the place in the run's sequence of draws
   * @param example the example's id
   */
  public RgbImage apply(RgbImage image, long seed, long draw, long example) {
    RgbImage changed = image;
    for (Step step : steps) {
      RandomStream random = RandomStream.of(seed, draw, example, step.name().hashCode());
      changed = step.apply(changed, random);
    }
    return changed;
  }
}
