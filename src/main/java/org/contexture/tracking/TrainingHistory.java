package org.contexture.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;

/**
 * What was logged of one training.
 *
 * @param experiment the experiment it was made for
 * @param label what the experiment calls it: {@code pretrain}, {@code train} or {@code control}
 * @param fingerprint of the network it made, 64 hexadecimal digits: equal for trainings of the same
 *     settings on the same data, whatever experiment they are of
 * @param codeVersion the Contexture that made it
 * @param started when it began
 * @param duration how long it took
 * @param settings every setting that determined it, those of the stages before it included
 * @param steps its steps in order
 * @param timings how long each step took, in the same order
 * @param epochs its epochs in order
 */
public record TrainingHistory(
    String experiment,
    String label,
    String fingerprint,
    String codeVersion,
    Instant started,
    Duration duration,
    SortedMap<String, String> settings,
    List<StepLog> steps,
    List<StepTiming> timings,
    List<EpochLog> epochs) {
  private static final int SHORT_FINGERPRINT = 8;

  public TrainingHistory {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    steps = List.copyOf(steps);
    timings = List.copyOf(timings);
    epochs = List.copyOf(epochs);
    if (steps.size() != timings.size()) {
      throw new IllegalArgumentException(
          "%d steps with %d timings".formatted(steps.size(), timings.size()));
    }
  }

  /** Its label, and enough of its fingerprint to tell it from trainings of other settings. */
  String runName() {
    return runName(label, fingerprint);
  }

  static String runName(String label, String fingerprint) {
    return label + "-" + fingerprint.substring(0, SHORT_FINGERPRINT);
  }

  /** When it was done. */
  Instant ended() {
    return started.plus(duration);
  }

  /**
   * Everything measured, in the order of its steps, an epoch after its last step. The time of a
   * step is when the training began and how long the steps up to it took: the same whenever it is
   * asked for.
   */
  List<Measurements> measurements() {
    List<Measurements> all = new ArrayList<>();
    Instant time = started;
    int epoch = 0;
    for (int i = 0; i < steps.size(); i++) {
      StepLog step = steps.get(i);
      time = time.plusNanos(Math.round(timings.get(i).getSeconds() * 1e9));
      all.add(new Measurements(step.getStep(), time, values(step, timings.get(i))));
      while (epoch < epochs.size() && epochs.get(epoch).getStep() == step.getStep()) {
        all.add(new Measurements(step.getStep(), time, values(epochs.get(epoch))));
        epoch++;
      }
    }
    return all;
  }

  private static SortedMap<String, Double> values(StepLog step, StepTiming timing) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("step/loss", step.getLoss());
    values.put("step/gradient_norm", step.getGradientNorm());
    values.put("step/images_per_second", timing.getImagesPerSecond());
    values.put("step/utilisation", utilisation(timing));
    put("step/terms/", step.getTerms(), values);
    put("step/learning_rates/", step.getLearningRates(), values);
    return values;
  }

  /** The share of a step's time in which it did not wait for its batch. */
  static double utilisation(StepTiming timing) {
    return 1 - timing.getWaitSeconds() / timing.getSeconds();
  }

  private static SortedMap<String, Double> values(EpochLog epoch) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("epoch/loss", epoch.getLoss());
    if (!Double.isNaN(epoch.getSelectionRecallAt1())) {
      values.put("epoch/selection_recall_at_1", epoch.getSelectionRecallAt1());
    }
    put("epoch/terms/", epoch.getTerms(), values);
    put("epoch/learning_rates/", epoch.getLearningRates(), values);
    return values;
  }

  private static void put(String prefix, List<NamedValue> named, SortedMap<String, Double> values) {
    named.forEach(value -> values.put(prefix + value.getName(), value.getValue()));
  }
}
