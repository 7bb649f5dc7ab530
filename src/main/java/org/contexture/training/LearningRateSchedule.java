package org.contexture.training;

import java.util.List;

/**
 * What learning rates are multiplied by in a step. A pure function of the step, so that a resumed
 * run goes on as it would have.
 */
public interface LearningRateSchedule {

  /**
   * The factor of a step.
   *
   * @param step how many steps were taken before it
   * @return a factor for the learning rate of every parameter group, 0 to 1
   */
  double multiplier(long step);

  /**
   * A rate that grows linearly in the first steps, the last of which has the full rate, and then
   * falls along half a cosine wave: it would be 0 in the step after the last.
   *
   * @param warmUpSteps how many steps it grows for; may be 0
   * @param steps how many steps there are in all; the rate is 0 from there on
   */
  static LearningRateSchedule warmUpThenCosine(long warmUpSteps, long steps) {
    if (warmUpSteps < 0 || steps < warmUpSteps) {
      throw new IllegalArgumentException(
          "A warm-up of %d of %d steps".formatted(warmUpSteps, steps));
    }
    return step -> {
      if (step >= steps) {
        return 0;
      }
      if (step < warmUpSteps) {
        return (step + 1.0) / warmUpSteps;
      }
      double progress = (double) (step - warmUpSteps) / (steps - warmUpSteps);
      return 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }

  /**
   * A rate that is multiplied by a factor at the beginning of some epochs.
   *
   * @param stepsPerEpoch how many steps an epoch has, at least 1
   * @param milestones the epochs, counted from 0, at whose beginning the rate changes
   * @param factor what it is multiplied by
   */
  static LearningRateSchedule multiStep(
      long stepsPerEpoch, List<Integer> milestones, double factor) {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException("Epochs of %d steps".formatted(stepsPerEpoch));
    }
    List<Integer> epochs = List.copyOf(milestones);
    return step -> {
      long epoch = step / stepsPerEpoch;
      int passed = Math.toIntExact(epochs.stream().filter(milestone -> milestone <= epoch).count());
      return Math.pow(factor, passed);
    };
  }
}
