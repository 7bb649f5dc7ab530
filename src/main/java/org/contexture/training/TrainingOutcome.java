package org.contexture.training;

import java.util.List;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;

/**
 * What a training leaves.
 *
 * @param checkpoint the weights that were kept
 * @param epochs its epochs, in order: the last is the one that it ended after
 * @param steps its steps, in order: the same on every run
 * @param timings how long each of them took, in the same order: another on every run
 */
public record TrainingOutcome(
    Checkpoint checkpoint, List<EpochLog> epochs, List<StepLog> steps, List<StepTiming> timings) {

  public TrainingOutcome {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
    timings = List.copyOf(timings);
  }
}
