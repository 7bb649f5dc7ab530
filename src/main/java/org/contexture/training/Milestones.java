package org.contexture.training;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When learning rates fall, and how far.
 *
 * @param epochs those at whose beginning they fall, counted from 0
 * @param factor what they are multiplied by each time
 */
public record Milestones(List<Integer> epochs, double factor) implements Serializable {

  public Milestones {
    epochs = List.copyOf(epochs);
  }

  /** Every so many epochs, as {@code torch.optim.lr_scheduler.StepLR} has it. */
  public static Milestones every(int period, int epochs, double factor) {
    return new Milestones(
        IntStream.iterate(period, epoch -> epoch < epochs, epoch -> epoch + period)
            .boxed()
            .toList(),
        factor);
  }

  /** For rates that do not fall so. */
  public static Milestones none() {
    return new Milestones(List.of(), 1);
  }
}
